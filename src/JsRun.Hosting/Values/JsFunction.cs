using System.Text.Json.Serialization;
using JsRun.Values;
using JsRun.Values.Json;

namespace JsRun;

/// <summary>
/// A function of a runtime's JavaScript. It keeps the receiver it was read with, and is the same function again where it is sent back. Thread-safe. Disposing lets go of it in JavaScript; what nobody disposed of
/// is let go of when it is collected.
/// </summary>
[JsonConverter(typeof(HandleConverter<JsFunction>))]
public sealed class JsFunction : IDisposable, IAsyncDisposable
{
    private readonly IFunctionOwner _owner;
    private readonly object? _receiver;
    private readonly JsFunction? _bound;
    private int _closed;

    /// <param name="owner">Its runtime.</param>
    /// <param name="id">The number that JavaScript knows it by.</param>
    /// <param name="name">Its name in JavaScript, or nothing.</param>
    internal JsFunction(IFunctionOwner owner, int id, string name)
    {
        _owner = owner;
        Name = name;
        Id = id;
    }

    private JsFunction(JsFunction bound, object? receiver)
    {
        _owner = bound._owner;
        _bound = bound;
        Name = bound.Name;
        _receiver = receiver;
        Id = bound.Id;
        // The function it was made of lets go of it.
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of it in JavaScript, some time later.</summary>
    ~JsFunction()
    {
        try
        {
            Close();
        }
        catch (Exception)
        {
            // What leaves a finaliser ends the process.
        }
    }

    internal int Id { get; }

    /// <summary>Its name in JavaScript, for messages.</summary>
    internal string Name { get; }

    internal bool HasReceiver => _bound is not null;

    internal object? Receiver => _receiver;

    /// <summary>Whether it has been disposed of.</summary>
    public bool IsClosed => _bound?.IsClosed ?? Volatile.Read(ref _closed) != 0;

    /// <summary>Calls it and waits for its value. A promise that is fulfilled at once gives its value.</summary>
    /// <param name="arguments">Any values that can cross. <see langword="null"/> is one argument, <c>null</c>.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JavaScriptException">It threw.</exception>
    /// <exception cref="InvalidOperationException">It returned a promise that is pending: use <see cref="InvokeAsync(object?[])"/>.</exception>
    /// <exception cref="ObjectDisposedException">It, or its runtime, has been disposed of.</exception>
    public object? Invoke(params object?[]? arguments) => Invoke(default, arguments);

    /// <summary>Calls it and waits for its value.</summary>
    /// <param name="options">How it is called.</param>
    /// <param name="arguments">Any values that can cross. <see langword="null"/> is one argument, <c>null</c>.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JavaScriptException">It threw.</exception>
    /// <exception cref="JsTimeoutException">It took too long.</exception>
    /// <exception cref="InvalidOperationException">It returned a promise that is pending: use <see cref="InvokeAsync(JsInvokeOptions, object?[])"/>.</exception>
    /// <exception cref="ObjectDisposedException">It, or its runtime, has been disposed of.</exception>
    public object? Invoke(JsInvokeOptions options, params object?[]? arguments)
    {
        ThrowIfClosed();
        return _owner.Invoke(this, options, arguments ?? [null]);
    }

    /// <summary>Calls it and gives its value as a .NET type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="arguments">Any values that can cross. <see langword="null"/> is one argument, <c>null</c>.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JsConversionException">The value cannot be read as <typeparamref name="T"/>.</exception>
    /// <inheritdoc cref="Invoke(object?[])"/>
    public T? Invoke<T>(params object?[]? arguments) => _owner.ConvertTo<T>(Invoke(default, arguments));

    /// <summary>Calls it and gives its value as a .NET type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="options">How it is called.</param>
    /// <param name="arguments">Any values that can cross. <see langword="null"/> is one argument, <c>null</c>.</param>
    /// <returns>The value; <see langword="default"/> for <c>undefined</c> and <c>null</c>.</returns>
    /// <exception cref="JsConversionException">The value cannot be read as <typeparamref name="T"/>.</exception>
    /// <inheritdoc cref="Invoke(JsInvokeOptions, object?[])"/>
    public T? Invoke<T>(JsInvokeOptions options, params object?[]? arguments) => _owner.ConvertTo<T>(Invoke(options, arguments));

    /// <summary>Calls it and gives its value, awaited where it is a promise.</summary>
    /// <param name="arguments">Any values that can cross. <see langword="null"/> is one argument, <c>null</c>.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JavaScriptException">It threw, or its promise was rejected.</exception>
    /// <exception cref="JsConversionException">An argument or the value cannot cross.</exception>
    /// <exception cref="JsTimeoutException">It took longer than <see cref="JsRuntimeOptions.Timeout"/>.</exception>
    /// <exception cref="ObjectDisposedException">It, or its runtime, has been disposed of.</exception>
    public ValueTask<object?> InvokeAsync(params object?[]? arguments) => InvokeAsync(default, arguments);

    /// <summary>Calls it and gives its value, awaited where it is a promise.</summary>
    /// <param name="options">How it is called.</param>
    /// <param name="arguments">Any values that can cross. <see langword="null"/> is one argument, <c>null</c>.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JavaScriptException">It threw, or its promise was rejected.</exception>
    /// <exception cref="JsTimeoutException">It took too long.</exception>
    /// <exception cref="ObjectDisposedException">It, or its runtime, has been disposed of.</exception>
    public ValueTask<object?> InvokeAsync(JsInvokeOptions options, params object?[]? arguments)
    {
        ThrowIfClosed();
        return _owner.InvokeAsync(this, options, arguments ?? [null]);
    }

    /// <summary>Calls it and gives its value, awaited where it is a promise, as a .NET type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="arguments">Any values that can cross. <see langword="null"/> is one argument, <c>null</c>.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JsConversionException">The value cannot be read as <typeparamref name="T"/>.</exception>
    /// <inheritdoc cref="InvokeAsync(object?[])"/>
    public ValueTask<T?> InvokeAsync<T>(params object?[]? arguments) => ConvertAsync<T>(InvokeAsync(default, arguments));

    /// <summary>Calls it and gives its value, awaited where it is a promise, as a .NET type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="options">How it is called.</param>
    /// <param name="arguments">Any values that can cross. <see langword="null"/> is one argument, <c>null</c>.</param>
    /// <returns>The value; <see langword="default"/> for <c>undefined</c> and <c>null</c>.</returns>
    /// <exception cref="JsConversionException">The value cannot be read as <typeparamref name="T"/>.</exception>
    /// <inheritdoc cref="InvokeAsync(JsInvokeOptions, object?[])"/>
    public ValueTask<T?> InvokeAsync<T>(JsInvokeOptions options, params object?[]? arguments) => ConvertAsync<T>(InvokeAsync(options, arguments));

    /// <summary>The same function with another receiver, its <c>this</c>.</summary>
    /// <param name="receiver">Any value that can cross; it is copied with each call.</param>
    /// <returns>A function that lives as long as this one.</returns>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public JsFunction Bind(object? receiver)
    {
        ThrowIfClosed();
        return new JsFunction(_bound ?? this, receiver);
    }

    /// <summary>Lets go of it; calls then fail. What was bound of it ends with it.</summary>
    public void Dispose()
    {
        if (_bound is null)
        {
            Close();
            GC.SuppressFinalize(this);
        }
    }

    /// <inheritdoc cref="Dispose"/>
    /// <returns>A task that has ended.</returns>
    public ValueTask DisposeAsync()
    {
        Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override string ToString() => IsClosed ? "JsFunction (closed)" : $"JsFunction {Id}";

    internal bool IsOwnedBy(IFunctionOwner owner) => ReferenceEquals(_owner, owner);

    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    internal void ThrowIfClosed()
    {
        if (IsClosed)
        {
            throw new ObjectDisposedException(nameof(JsFunction), "Function has been closed");
        }
    }

    private async ValueTask<T?> ConvertAsync<T>(ValueTask<object?> value) => _owner.ConvertTo<T>(await value.ConfigureAwait(false));

    private void Close()
    {
        if (_bound is null && Interlocked.Exchange(ref _closed, 1) == 0)
        {
            _owner.Release(Id);
        }
    }
}
