using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace JsRun.Scheduling;

/// <summary>Tasks that nobody waits for.</summary>
internal static partial class BackgroundTask
{
    /// <summary>What the task fails with is nobody's: it is not reported as unobserved. For tasks that run code of the application's, such as the callbacks of a token.</summary>
    public static void Forget(this Task task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            task.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>Logs what the task fails with. For tasks that handle all that they expect: a failure is a fault of JsRun's, which would go unnoticed otherwise.</summary>
    /// <param name="task">The task.</param>
    /// <param name="logger">The log.</param>
    /// <param name="work">What it does, for the log: the expression that made it.</param>
    public static void Forget(this Task task, ILogger logger, [CallerArgumentExpression(nameof(task))] string work = "")
    {
        if (!task.IsCompletedSuccessfully)
        {
            task.ContinueWith(t => logger.BackgroundFailed(work, t.Exception!.GetBaseException()), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    [LoggerMessage(146, LogLevel.Error, "Work in the background failed: {Work}. It is a fault of JsRun's: please report it")]
    private static partial void BackgroundFailed(this ILogger logger, string work, Exception exception);
}
