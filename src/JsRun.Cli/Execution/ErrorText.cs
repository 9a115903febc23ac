namespace JsRun.Cli.Execution;

/// <summary>An error as the command line shows it: a script's own with its stack, all others as their message.</summary>
internal static class ErrorText
{
    public static string Of(Exception error) => error is JavaScriptException script ? $"Uncaught {Of(script)}" : $"Error: {error.Message}";

    // V8's stacks begin with the name and the message; what was thrown without being an error has none.
    private static string Of(JavaScriptException error) =>
        error.JsStack.StartsWith(error.Message, StringComparison.Ordinal) && error.JsStack.Length > 0 ? error.JsStack
        : error.JsStack.Length > 0 ? $"{error.Message}\n{error.JsStack}"
        : error.Message;
}
