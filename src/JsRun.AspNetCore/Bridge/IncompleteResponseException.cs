namespace JsRun.AspNetCore.Bridge;

/// <summary>For the server and the middleware: a function failed in the midst of its answer, which was logged.</summary>
internal sealed class IncompleteResponseException(string function, Exception reason)
    : IOException($"The function '{function}' failed after its response had begun: the response ends incomplete, so that the client does not take it for complete.", reason);
