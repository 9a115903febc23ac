namespace JsRun;

/// <summary>Shorter forms of frequent calls of an <see cref="IJsRuntime"/>.</summary>
/// <remarks>Thread-safe, as the runtimes are.</remarks>
public static class JsRuntimeExtensions
{
    /// <inheritdoc cref="IJsRuntime.EvaluateAsync(string, JsEvaluateOptions?, CancellationToken)"/>
    /// <param name="runtime">The runtime.</param>
    /// <param name="code">The script.</param>
    /// <param name="cancellationToken">Interrupts the script.</param>
    public static ValueTask<object?> EvaluateAsync(this IJsRuntime runtime, string code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        return runtime.EvaluateAsync(code, null, cancellationToken);
    }

    /// <inheritdoc cref="IJsRuntime.EvaluateAsync{T}(string, JsEvaluateOptions?, CancellationToken)"/>
    /// <param name="runtime">The runtime.</param>
    /// <param name="code">The script.</param>
    /// <param name="cancellationToken">Interrupts the script.</param>
    public static ValueTask<T?> EvaluateAsync<T>(this IJsRuntime runtime, string code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        return runtime.EvaluateAsync<T>(code, null, cancellationToken);
    }
}
