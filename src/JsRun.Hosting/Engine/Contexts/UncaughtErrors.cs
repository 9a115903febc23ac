using JsRun.Diagnostics;
using JsRun.Engine.Crossing;
using JsRun.Engine.Isolates;

namespace JsRun.Engine.Contexts;

/// <summary>Errors that nobody caught: a timer's, an event listener's, a promise's.</summary>
internal static class UncaughtErrors
{
    private const int OfAPromise = 1;
    private const int OfAnEntry = 2;

    /// <summary>Tells the embedder, or the log. On the isolate's thread.</summary>
    /// <param name="context">Where it was thrown.</param>
    /// <param name="kind">What had it: <c>ReportKind</c>.</param>
    /// <param name="error">The error.</param>
    public static void Report(V8Context context, int kind, ScriptError error)
    {
        var exception = error.ToException(context.FindHostError);
        if (kind == OfAnEntry)
        {
            context.FailEntry(exception);
        }
        else
        {
            Report(context, kind, exception);
        }
    }

    /// <inheritdoc cref="Report(V8Context, int, ScriptError)"/>
    public static void Report(V8Context context, int kind, JavaScriptException exception)
    {
        var operation = context.Current;
        if (context.Options.UncaughtError is { } uncaught)
        {
            context.Tell("JsRuntimeOptions.UncaughtError", operation, () => uncaught(exception));
            return;
        }

        var stack = kind == OfAPromise ? $"(in a promise) {StackText.With(exception.Message, exception.JsStack)}" : exception.JsStack;
        if (context.MayLog(operation, Math.Max(exception.Message.Length, stack.Length)))
        {
            context.Tell("the logger", operation, () => context.Isolate.Services.Logger.Uncaught(operation?.Name ?? "", operation?.RequestId ?? "", LogText.Escape(exception.Message), LogText.Escape(stack)));
        }
    }
}
