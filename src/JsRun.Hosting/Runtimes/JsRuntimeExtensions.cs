using System.Text.RegularExpressions;

namespace JsRun;

/// <summary>Shorter forms of frequent calls of an <see cref="IJsRuntime"/>.</summary>
/// <remarks>Thread-safe, as the runtimes are.</remarks>
public static partial class JsRuntimeExtensions
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

    /// <summary>Calls a function of the runtime's scripts by its name and returns its value, awaited if it is a promise.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="function">The name of the function, such as <c>hook</c>, or the path to it, such as <c>hooks.onSave</c>; the object before the last dot is its <c>this</c>. What scripts declare at their top level is found as well.</param>
    /// <param name="arguments">Any values that can cross.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException"><paramref name="function"/> is not a name.</exception>
    /// <exception cref="JavaScriptException">There is no such function, it threw, or its promise was rejected.</exception>
    /// <exception cref="JsConversionException">An argument or the value cannot cross.</exception>
    /// <exception cref="JsTimeoutException">The call took longer than its time limit.</exception>
    /// <exception cref="ObjectDisposedException">The runtime has been disposed of.</exception>
    public static ValueTask<object?> InvokeAsync(this IJsRuntime runtime, string function, params object?[] arguments) => InvokeAsync<object?>(runtime, function, arguments);

    /// <summary>Calls a function of the runtime's scripts by its name and returns its value, awaited if it is a promise, as a .NET type.</summary>
    /// <typeparam name="T">The .NET type.</typeparam>
    /// <param name="runtime">The runtime.</param>
    /// <param name="function">The name of the function, such as <c>hook</c>, or the path to it, such as <c>hooks.onSave</c>; the object before the last dot is its <c>this</c>. What scripts declare at their top level is found as well.</param>
    /// <param name="arguments">Any values that can cross.</param>
    /// <returns>The value; <see langword="default"/> for <c>undefined</c> and <c>null</c>.</returns>
    /// <exception cref="JsConversionException">An argument cannot cross, or the value cannot be read as <typeparamref name="T"/>.</exception>
    /// <inheritdoc cref="InvokeAsync(IJsRuntime, string, object[])"/>
    public static async ValueTask<T?> InvokeAsync<T>(this IJsRuntime runtime, string function, params object?[] arguments)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(arguments);
        if (function is null || !Path().IsMatch(function))
        {
            throw new ArgumentException($"'{function}' is not the name of a function: write a name, or names with dots between them.", nameof(function));
        }

        var receiver = function.Contains('.', StringComparison.Ordinal) ? function[..function.LastIndexOf('.')] : "undefined";
        var callee = (JsFunction)(await runtime.EvaluateAsync(
            $"(() => {{ const f = {function}; if (typeof f !== 'function') throw new TypeError('{function} is not a function'); return f.bind({receiver}); }})()",
            new JsEvaluateOptions { FileName = "<invoke>" }).ConfigureAwait(false))!;
        await using (callee.ConfigureAwait(false))
        {
            return await callee.InvokeAsync<T>(arguments).ConfigureAwait(false);
        }
    }

    // The text becomes part of a script: it can name things, and do nothing else.
    [GeneratedRegex(@"^[\p{L}\p{Nl}$_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}$]*(?:\.[\p{L}\p{Nl}$_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}$]*)*\z")]
    private static partial Regex Path();
}
