using JsRun.Errors;

namespace JsRun.Diagnostics;

/// <summary>Reads exceptions of code that is not JsRun's: their properties may throw.</summary>
internal static class ExceptionText
{
    /// <summary>The exception's message, or its type's name if the message cannot be read.</summary>
    public static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception)
        {
            // The text says so.
            return $"{exception.GetType().Name} (its message cannot be read)";
        }
    }

    /// <summary>Returns whether <see cref="Exception.ToString"/> throws, as loggers call it.</summary>
    public static bool FailsToDescribe(Exception exception)
    {
        try
        {
            _ = exception.ToString();
            return false;
        }
        catch (Exception)
        {
            // That it throws is the answer.
            return true;
        }
    }

    /// <summary>An exception that says what can be said of one that cannot be described.</summary>
    public static Exception Substitute(Exception exception) => new JsInternalException($"{exception.GetType()} cannot be described: its Message, StackTrace or ToString throws.");
}
