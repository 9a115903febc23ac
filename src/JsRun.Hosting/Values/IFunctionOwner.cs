namespace JsRun.Values;

/// <summary>Calls a function of JavaScript: its runtime.</summary>
internal interface IFunctionOwner
{
    object? Invoke(JsFunction function, JsInvokeOptions? options, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken);

    ValueTask<object?> InvokeAsync(JsFunction function, JsInvokeOptions? options, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken);

    /// <summary>A result as a .NET type.</summary>
    T? ConvertTo<T>(object? value);

    /// <summary>Lets go of it. Never blocks, never throws; called by finalisers too.</summary>
    void Release(int id);
}
