using JsRun.Bindings;

namespace JsRun;

/// <summary>
/// One call of a host function by JavaScript: its arguments, converted when they are asked for. A handler may take it as a parameter, and a handler whose only parameter it is
/// is bound without reflection. Immutable and thread-safe.
/// </summary>
public sealed class JsHostCall
{
    private readonly object?[] _arguments;
    private readonly IHostCallScope _scope;

    internal JsHostCall(string functionName, object?[] arguments, IHostCallScope scope)
    {
        FunctionName = functionName;
        _arguments = arguments;
        _scope = scope;
    }

    /// <summary>The name that the function was bound by.</summary>
    public string FunctionName { get; }

    /// <summary>Gets the number of arguments that JavaScript gave.</summary>
    public int ArgumentCount => _arguments.Length;

    /// <summary>Cancelled when nobody waits for the call any more: the evaluation or request that it belongs to timed out, was cancelled or has ended, or the runtime was disposed of.</summary>
    public CancellationToken CancellationToken => _scope.CancellationToken;

    /// <summary>The runtime that the call comes from; <see langword="null"/> in a function.</summary>
    public IJsRuntime? Runtime => _scope.Runtime;

    /// <summary>Gets the id of the request that the call belongs to; <see langword="null"/> if it does not belong to a request.</summary>
    public string? RequestId => _scope.RequestId;

    /// <inheritdoc cref="IHostCallScope.Token"/>
    internal string Token => _scope.Token;

    /// <summary>An argument as JavaScript gave it.</summary>
    /// <param name="index">The argument's index, from 0.</param>
    /// <returns>The value; <see cref="JsUndefined.Value"/> where there is none.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is negative.</exception>
    public object? this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            return index < _arguments.Length ? _arguments[index] : JsUndefined.Value;
        }
    }

    /// <summary>Reads an argument that must be there.</summary>
    /// <typeparam name="T">What it is read as.</typeparam>
    /// <param name="index">The argument's index, from 0.</param>
    /// <param name="name">The argument's name, for errors.</param>
    /// <returns>The value, which is not <see langword="null"/>.</returns>
    /// <exception cref="JsConversionException">It is missing, <c>undefined</c> or <c>null</c>, or cannot be read as <typeparamref name="T"/>. JavaScript sees a <c>TypeError</c>.</exception>
    public T GetArgument<T>(int index, string? name = null)
    {
        var value = this[index];
        if (value is null || (value is JsUndefined && typeof(T) != typeof(object) && typeof(T) != typeof(JsUndefined)))
        {
            throw new JsConversionException($"{Describe(index, name)} is {(value is null ? "null" : index < ArgumentCount ? "undefined" : "missing")}: it must be {TypeNames.Of(typeof(T))}.");
        }

        return Convert<T>(value, index, name)!;
    }

    /// <summary>Reads an argument that may be left out.</summary>
    /// <typeparam name="T">What it is read as.</typeparam>
    /// <param name="index">The argument's index, from 0.</param>
    /// <param name="name">The argument's name, for errors.</param>
    /// <param name="fallback">What stands for it where it is missing or <c>undefined</c>.</param>
    /// <returns>The value; <see langword="null"/> for <c>null</c>. An <c>undefined</c> that was given is <see cref="JsUndefined.Value"/> where <typeparamref name="T"/> is <see cref="object"/>.</returns>
    /// <exception cref="JsConversionException">It cannot be read as <typeparamref name="T"/>. JavaScript sees a <c>TypeError</c>.</exception>
    public T? GetArgumentOrDefault<T>(int index, string? name = null, T? fallback = default)
    {
        var value = this[index];
        if (value is JsUndefined && (index >= ArgumentCount || (typeof(T) != typeof(object) && typeof(T) != typeof(JsUndefined))))
        {
            return fallback;
        }

        if (value is null)
        {
            return default(T) is null ? default : throw new JsConversionException($"{Describe(index, name)} is null: it must be {TypeNames.Of(typeof(T))}.");
        }

        return Convert<T>(value, index, name);
    }

    /// <summary>Reads all arguments from an index on.</summary>
    /// <typeparam name="T">What each is read as.</typeparam>
    /// <param name="start">The first argument's index, from 0.</param>
    /// <param name="name">The arguments' name, for errors.</param>
    /// <returns>The values; empty where there are none.</returns>
    /// <exception cref="JsConversionException">One of them cannot be read as <typeparamref name="T"/>. JavaScript sees a <c>TypeError</c>.</exception>
    public T[] GetRemainingArguments<T>(int start, string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        var rest = new T[Math.Max(0, ArgumentCount - start)];
        for (var i = 0; i < rest.Length; i++)
        {
            rest[i] = GetArgumentOrDefault<T>(start + i, name)!;
        }

        return rest;
    }

    private T? Convert<T>(object value, int index, string? name)
    {
        if (value is T same)
        {
            return same;
        }

        try
        {
            return PlainConversions<T>.Convert is { } convert ? convert(value) : _scope.Convert<T>(value);
        }
        catch (JsConversionException e)
        {
            throw new JsConversionException($"{Describe(index, name)}: {e.Message}", e) { IsHostFailure = e.IsHostFailure };
        }
    }

    private string Describe(int index, string? name) => name is null ? $"{FunctionName}: argument {index + 1}" : $"{FunctionName}: argument {index + 1} ({name})";
}
