namespace JsRun.Diagnostics;

/// <summary>An error as the log shows it: once. V8's stacks begin with the message.</summary>
internal static class StackText
{
    public static string With(string message, string stack) => stack.Length == 0 ? message : stack.Contains(message, StringComparison.Ordinal) ? stack : $"{message}\n{stack}";
}
