using JsRun.Diagnostics;
using JsRun.Workers;
using JsRun.Workers.Brokering;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Workers;

public sealed class WorkerLogTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Counter _counter = new();
    private readonly ILoggerFactory _factory;
    private readonly WorkerLog _log;

    public WorkerLogTests()
    {
        _factory = LoggerFactory.Create(builder => builder.AddProvider(_counter).SetMinimumLevel(LogLevel.Trace));
        var loggers = new GuardedLoggerFactory(_factory);
        _log = new WorkerLog(loggers, loggers.CreateLogger("JsRun.Own"), _time);
    }

    [Fact]
    public void Write_MoreThanTheRate_IsDroppedAndSaidInTheNextSecond()
    {
        _log.Write([.. Enumerable.Repeat(Entry("JsRun.Console"), WorkerLog.MostInASecond + 1)], 0);
        _counter.Count("JsRun.Console").ShouldBe(WorkerLog.MostInASecond);
        _counter.Count("JsRun.Own").ShouldBe(0);

        _time.Advance(TimeSpan.FromSeconds(1));
        _log.Write([Entry("JsRun.Console")], 0);

        _counter.Count("JsRun.Console").ShouldBe(WorkerLog.MostInASecond + 1);
        _counter.Count("JsRun.Own").ShouldBe(1);
    }

    [Fact]
    public void Write_CategoryOfTheHosts_IsDropped()
    {
        _log.Write([Entry("Microsoft.AspNetCore.Authentication")], 0);

        _counter.Count("Microsoft.AspNetCore.Authentication").ShouldBe(0);
        _counter.Count("JsRun.Own").ShouldBe(1);
    }

    public void Dispose() => _factory.Dispose();

    private static WorkerLogEntry Entry(string category) => new(category, (int)LogLevel.Information, 1, null, "text", [], null);

    private sealed class Counter : ILoggerProvider
    {
        private readonly Dictionary<string, int> _counts = [];

        public int Count(string category) => _counts.GetValueOrDefault(category);

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Logger(Counter counter, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                counter._counts[category] = counter.Count(category) + 1;
        }
    }
}
