using System.Collections.Concurrent;
using JsRun.Scheduling;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Problems;

/// <summary>
/// Logs what went wrong with requests. Of those that were refused before they ran, of which an overload makes thousands, the first of a function is logged at once and the others
/// together, every ten seconds. Thread-safe.
/// </summary>
internal sealed class RefusalLog(ILogger logger, TimeProvider time)
{
    private readonly ILogger _logger = logger;
    private readonly TimeProvider _time = time;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string Function, Type Reason), Run> _runs = new();

    public void Failed(string function, string requestId, JsRunException exception)
    {
        if (exception is not (JsPoolExhaustedException or JsModuleException or JsIsolateLostException or JsWorkerLostException or JsFunctionSuspendedException))
        {
            _logger.Failed(function, requestId, exception);
            return;
        }

        var run = _runs.GetOrAdd((function, exception.GetType()), static (key, log) => new Run(log, key.Function), this);
        if (run.Begins(requestId, exception.Message))
        {
            _logger.Failed(function, requestId, exception);
        }
    }

    /// <summary>Refusals of one kind that follow one another. Its timer runs only as long as they come.</summary>
    private sealed class Run(RefusalLog log, string function)
    {
        private readonly Lock _lock = new();
        private ITimer? _timer;
        private int _more;
        private string _lastRequest = "";
        private string _lastReason = "";

        /// <returns>Whether it is the first.</returns>
        public bool Begins(string requestId, string reason)
        {
            lock (_lock)
            {
                if (_timer is null)
                {
                    _timer = log._time.CreateGuardedTimer(this, static run => run.Tell(), Interval, Timeout.InfiniteTimeSpan);
                    return true;
                }

                _more++;
                (_lastRequest, _lastReason) = (requestId, reason);
                return false;
            }
        }

        private void Tell()
        {
            int more;
            string request, reason;
            lock (_lock)
            {
                (more, request, reason) = (_more, _lastRequest, _lastReason);
                _more = 0;
                if (more > 0)
                {
                    _timer!.Change(Interval, Timeout.InfiniteTimeSpan);
                }
                else
                {
                    _timer!.Dispose();
                    _timer = null;
                }
            }

            if (more > 0)
            {
                log._logger.MoreRefused(more, function, Interval, request, reason);
            }
        }
    }
}
