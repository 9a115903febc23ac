namespace JsRun.Functions;

/// <summary>No function can be given the request: its URL is not valid by the URL standard, such as one whose host ends in a number and is not an IPv4 address. No handler was called.</summary>
internal sealed class EdgeFunctionRequestException : JsRunException
{
    /// <summary>Creates the exception.</summary>
    public EdgeFunctionRequestException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    public EdgeFunctionRequestException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public EdgeFunctionRequestException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
