namespace JsRun.Cli.Execution;

/// <summary>An error as the command line shows it: a script's own with its stack, all others as their message.</summary>
internal static class ErrorText
{
    public static string Of(Exception error) => error is JavaScriptException script ? Of(script) : $"Error: {error.Message}";

    private static string Of(JavaScriptException error)
    {
        var head = error.Message.Length == 0 ? error.Name : $"{error.Name}: {error.Message}";
        return error.ScriptStack.Length == 0 ? $"Uncaught {head}"
            : error.ScriptStack.StartsWith(head, StringComparison.Ordinal) ? $"Uncaught {error.ScriptStack}"
            : $"Uncaught {head}\n{error.ScriptStack}";
    }
}
