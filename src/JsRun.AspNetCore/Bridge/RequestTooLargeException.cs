namespace JsRun.AspNetCore.Bridge;

/// <summary>The server refused the request's body, and the function failed for it.</summary>
internal sealed class RequestTooLargeException(Exception innerException)
    : JsRunException("The request's body is larger than the server allows (Kestrel's Limits:MaxRequestBodySize, or RequestSizeLimit on the endpoint).", innerException);
