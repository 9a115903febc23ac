using JsRun.Engine.HostFunctions;
using JsRun.Engine.Isolates;
using JsRun.Engine.Operations;

namespace JsRun.Engine.Contexts;

/// <summary>How a context calls loggers and callbacks of the host's, and how much it may report. On the isolate's thread.</summary>
internal static class ContextReports
{
    // A console that is small, or switched off, hides no errors.
    private const int LeastForReports = 64 * 1024;

    /// <summary>Tells a logger or a callback of the host's of something, in the execution context of whoever had the script run.</summary>
    /// <param name="context">Where it happened.</param>
    /// <param name="name">Who is told, for messages.</param>
    /// <param name="operation">On whose behalf JavaScript runs.</param>
    /// <param name="action">Tells it.</param>
    public static void Tell(this V8Context context, string name, Operation? operation, Action action)
    {
        try
        {
            new HostAction(name, action).Run(context, operation);
        }
        catch (Exception e)
        {
            // It runs in the midst of a script, which must neither see it nor end by it.
            context.Isolate.Services.Logger.CallbackFailed(name, e);
        }
    }

    /// <summary>Whether the log may take one more report of what the script did: an operation has as much for reports as it has for its console.</summary>
    /// <param name="context">Where it happened.</param>
    /// <param name="operation">On whose behalf it is reported.</param>
    /// <param name="length">Roughly how long the report is, in characters.</param>
    public static bool MayLog(this V8Context context, Operation? operation, int length)
    {
        if (operation is null)
        {
            return true;
        }

        long most = Math.Max(context.Options.MaxConsoleBytes, LeastForReports);
        var before = operation.ReportLength;
        operation.ReportLength += length;
        if (operation.ReportLength <= most)
        {
            return true;
        }

        if (before <= most)
        {
            context.Isolate.Services.Logger.ReportsTruncated(operation.Name, operation.RequestId, most);
        }

        return false;
    }
}
