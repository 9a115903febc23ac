namespace JsRun.AspNetCore.Bridge;

/// <summary>For the server and the middleware: a function failed in the midst of its answer, which was logged.</summary>
internal sealed class IncompleteResponseException(string function, Exception reason)
    : IOException($"The function '{function}' failed after it had begun its answer: the response ends incomplete, so that nobody takes it for complete.", reason);
