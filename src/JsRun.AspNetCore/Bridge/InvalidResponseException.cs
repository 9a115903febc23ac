namespace JsRun.AspNetCore.Bridge;

/// <summary>The function's answer cannot be sent as HTTP.</summary>
internal sealed class InvalidResponseException : JsRunException
{
    public InvalidResponseException(string message)
        : base(message)
    {
    }

    public InvalidResponseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
