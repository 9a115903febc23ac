namespace JsRun;

/// <summary>Invokes the next filter, or the function itself. The function's time limits begin with this call; time that filters take does not count.</summary>
/// <param name="context">The context that the filter was called with.</param>
/// <returns>The result. It belongs to this request: it cannot be kept for another one.</returns>
/// <exception cref="JsRunException">The function failed, for example with a <see cref="JavaScriptException"/> or <see cref="JsTimeoutException"/>. Let the exception pass, or return another result.</exception>
/// <exception cref="OperationCanceledException">The client has disconnected.</exception>
public delegate ValueTask<EdgeFunctionResult> EdgeFunctionFilterDelegate(EdgeFunctionFilterContext context);
