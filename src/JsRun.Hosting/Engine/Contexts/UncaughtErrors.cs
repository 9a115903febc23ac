using JsRun.Diagnostics;
using JsRun.Engine.Crossing;
using JsRun.Engine.Isolates;

namespace JsRun.Engine.Contexts;

/// <summary>Errors that nobody caught: a timer's, an event listener's, a promise's.</summary>
internal static class UncaughtErrors
{
    /// <summary>Tells the embedder, or the log. On the isolate's thread.</summary>
    /// <param name="context">Where it was thrown.</param>
    /// <param name="kind">Which error it is.</param>
    /// <param name="error">The error.</param>
    public static void Report(V8Context context, ReportKind kind, ScriptError error)
    {
        var exception = error.ToException(context.FindHostError);
        if (kind == ReportKind.Entry)
        {
            context.FailEntry(exception);
        }
        else
        {
            Report(context, kind, exception);
        }
    }

    /// <inheritdoc cref="Report(V8Context, ReportKind, ScriptError)"/>
    public static void Report(V8Context context, ReportKind kind, JavaScriptException exception)
    {
        var operation = context.Current;
        if (context.Options.UncaughtError is { } uncaught)
        {
            context.Tell("JsRuntimeOptions.OnUncaughtError", operation, () => uncaught(exception));
            return;
        }

        var stack = kind == ReportKind.UnhandledRejection ? $"(in a promise) {StackText.With(exception.Message, exception.JsStack)}" : exception.JsStack;
        if (context.MayLog(operation, Math.Max(exception.Message.Length, stack.Length)))
        {
            context.Tell("the logger", operation, () => context.Isolate.Services.Logger.Uncaught(operation?.Name ?? "", operation?.RequestId ?? "", LogText.Escape(exception.Message), LogText.Escape(stack)));
        }
    }
}
