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

    /// <summary>Gets a value that indicates whether the function has been disposed of.</summary>
    public bool IsClosed => _bound?.IsClosed ?? Volatile.Read(ref _closed) != 0;

    /// <summary>Calls the function and waits for its value.</summary>
    /// <param name="arguments">Any values that can cross.</param>
    /// <returns>The value. A promise that is fulfilled at once is its value.</returns>
    /// <exception cref="JavaScriptException">The function threw.</exception>
    /// <exception cref="JsConversionException">An argument or the value cannot cross.</exception>
    /// <exception cref="JsTimeoutException">The call took longer than its time limit.</exception>
    /// <exception cref="InvalidOperationException">The function returned a promise that is pending: use <c>InvokeAsync</c>.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The function, or its runtime, has been disposed of.</exception>
    public object? Invoke(params ReadOnlySpan<object?> arguments) => Invoke(arguments, null, CancellationToken.None);

    /// <summary>Calls the function and waits for its value.</summary>
    /// <param name="arguments">An array of any values that can cross. <see langword="null"/> is one argument, <c>null</c>.</param>
    /// <returns>The value. A promise that is fulfilled at once is its value.</returns>
    /// <exception cref="JavaScriptException">The function threw.</exception>
    /// <exception cref="JsConversionException">An argument or the value cannot cross.</exception>
    /// <exception cref="JsTimeoutException">The call took longer than its time limit.</exception>
    /// <exception cref="InvalidOperationException">The function returned a promise that is pending: use <c>InvokeAsync</c>.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The function, or its runtime, has been disposed of.</exception>
    public object? Invoke(object?[]? arguments) => Invoke(arguments ?? [null], null, CancellationToken.None);

    /// <summary>Calls the function and waits for its value.</summary>
    /// <param name="arguments">Any values that can cross, such as <c>[1, "two"]</c>. Write two literal nulls as <c>[null, null]</c>: <c>(null, null)</c> means no arguments and no options.</param>
    /// <param name="options">How it is called; the default is the time limit of the runtime.</param>
    /// <param name="cancellationToken">Interrupts the call, and ends the wait.</param>
    /// <returns>The value. A promise that is fulfilled at once is its value.</returns>
    /// <exception cref="JavaScriptException">The function threw.</exception>
    /// <exception cref="JsConversionException">An argument or the value cannot cross.</exception>
    /// <exception cref="JsTimeoutException">The call took longer than its time limit.</exception>
    /// <exception cref="InvalidOperationException">The function returned a promise that is pending: use <c>InvokeAsync</c>.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The function, or its runtime, has been disposed of.</exception>
    public object? Invoke(ReadOnlySpan<object?> arguments, JsInvokeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        return _owner.Invoke(this, options, arguments, cancellationToken);
    }

    /// <summary>Calls the function and waits for its value, as a .NET type.</summary>
    /// <typeparam name="T">The .NET type.</typeparam>
    /// <param name="arguments">Any values that can cross.</param>
    /// <returns>The value; <see langword="default"/> for <c>undefined</c> and <c>null</c>.</returns>
    /// <exception cref="JsConversionException">The value cannot be read as <typeparamref name="T"/>.</exception>
    /// <inheritdoc cref="Invoke(ReadOnlySpan{object}, JsInvokeOptions, CancellationToken)"/>
    public T? Invoke<T>(params ReadOnlySpan<object?> arguments) => Invoke<T>(arguments, null, CancellationToken.None);

    /// <summary>Calls the function and waits for its value, as a .NET type.</summary>
    /// <typeparam name="T">The .NET type.</typeparam>
    /// <param name="arguments">An array of any values that can cross. <see langword="null"/> is one argument, <c>null</c>.</param>
    /// <returns>The value; <see langword="default"/> for <c>undefined</c> and <c>null</c>.</returns>
    /// <exception cref="JsConversionException">The value cannot be read as <typeparamref name="T"/>.</exception>
    /// <inheritdoc cref="Invoke(ReadOnlySpan{object}, JsInvokeOptions, CancellationToken)"/>
    public T? Invoke<T>(object?[]? arguments) => Invoke<T>(arguments ?? [null], null, CancellationToken.None);

    /// <summary>Calls the function and waits for its value, as a .NET type.</summary>
    /// <typeparam name="T">The .NET type.</typeparam>
    /// <param name="arguments">Any values that can cross, such as <c>[1, "two"]</c>. Write two literal nulls as <c>[null, null]</c>: <c>(null, null)</c> means no arguments and no options.</param>
    /// <param name="options">How it is called; the default is the time limit of the runtime.</param>
    /// <param name="cancellationToken">Interrupts the call, and ends the wait.</param>
    /// <returns>The value; <see langword="default"/> for <c>undefined</c> and <c>null</c>.</returns>
    /// <exception cref="JsConversionException">The value cannot be read as <typeparamref name="T"/>.</exception>
    /// <inheritdoc cref="Invoke(ReadOnlySpan{object}, JsInvokeOptions, CancellationToken)"/>
    public T? Invoke<T>(ReadOnlySpan<object?> arguments, JsInvokeOptions? options = null, CancellationToken cancellationToken = default) =>
        _owner.ConvertTo<T>(Invoke(arguments, options, cancellationToken));

    /// <summary>Calls the function and returns its value, awaited if it is a promise.</summary>
    /// <param name="arguments">Any values that can cross.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JavaScriptException">The function threw, or its promise was rejected.</exception>
    /// <exception cref="JsConversionException">An argument or the value cannot cross.</exception>
    /// <exception cref="JsTimeoutException">The call took longer than its time limit.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The function, or its runtime, has been disposed of.</exception>
    public ValueTask<object?> InvokeAsync(params ReadOnlySpan<object?> arguments) => InvokeAsync(arguments, null, CancellationToken.None);

    /// <summary>Calls the function and returns its value, awaited if it is a promise.</summary>
    /// <param name="arguments">An array of any values that can cross. <see langword="null"/> is one argument, <c>null</c>.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JavaScriptException">The function threw, or its promise was rejected.</exception>
    /// <exception cref="JsConversionException">An argument or the value cannot cross.</exception>
    /// <exception cref="JsTimeoutException">The call took longer than its time limit.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The function, or its runtime, has been disposed of.</exception>
    public ValueTask<object?> InvokeAsync(object?[]? arguments) => InvokeAsync(arguments ?? [null], null, CancellationToken.None);

    /// <summary>Calls the function and returns its value, awaited if it is a promise.</summary>
    /// <param name="arguments">Any values that can cross, such as <c>[1, "two"]</c>. Write two literal nulls as <c>[null, null]</c>: <c>(null, null)</c> means no arguments and no options.</param>
    /// <param name="options">How it is called; the default is the time limit of the runtime.</param>
    /// <param name="cancellationToken">Interrupts the call, and ends the wait.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JavaScriptException">The function threw, or its promise was rejected.</exception>
    /// <exception cref="JsConversionException">An argument or the value cannot cross.</exception>
    /// <exception cref="JsTimeoutException">The call took longer than its time limit.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The function, or its runtime, has been disposed of.</exception>
    public ValueTask<object?> InvokeAsync(ReadOnlySpan<object?> arguments, JsInvokeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        return _owner.InvokeAsync(this, options, arguments, cancellationToken);
    }

    /// <summary>Calls the function and returns its value, awaited if it is a promise, as a .NET type.</summary>
    /// <typeparam name="T">The .NET type.</typeparam>
    /// <param name="arguments">Any values that can cross.</param>
    /// <returns>The value; <see langword="default"/> for <c>undefined</c> and <c>null</c>.</returns>
    /// <exception cref="JsConversionException">The value cannot be read as <typeparamref name="T"/>.</exception>
    /// <inheritdoc cref="InvokeAsync(ReadOnlySpan{object}, JsInvokeOptions, CancellationToken)"/>
    public ValueTask<T?> InvokeAsync<T>(params ReadOnlySpan<object?> arguments) => InvokeAsync<T>(arguments, null, CancellationToken.None);

    /// <summary>Calls the function and returns its value, awaited if it is a promise, as a .NET type.</summary>
    /// <typeparam name="T">The .NET type.</typeparam>
    /// <param name="arguments">An array of any values that can cross. <see langword="null"/> is one argument, <c>null</c>.</param>
    /// <returns>The value; <see langword="default"/> for <c>undefined</c> and <c>null</c>.</returns>
    /// <exception cref="JsConversionException">The value cannot be read as <typeparamref name="T"/>.</exception>
    /// <inheritdoc cref="InvokeAsync(ReadOnlySpan{object}, JsInvokeOptions, CancellationToken)"/>
    public ValueTask<T?> InvokeAsync<T>(object?[]? arguments) => InvokeAsync<T>(arguments ?? [null], null, CancellationToken.None);

    /// <summary>Calls the function and returns its value, awaited if it is a promise, as a .NET type.</summary>
    /// <typeparam name="T">The .NET type.</typeparam>
    /// <param name="arguments">Any values that can cross, such as <c>[1, "two"]</c>. Write two literal nulls as <c>[null, null]</c>: <c>(null, null)</c> means no arguments and no options.</param>
    /// <param name="options">How it is called; the default is the time limit of the runtime.</param>
    /// <param name="cancellationToken">Interrupts the call, and ends the wait.</param>
    /// <returns>The value; <see langword="default"/> for <c>undefined</c> and <c>null</c>.</returns>
    /// <exception cref="JsConversionException">The value cannot be read as <typeparamref name="T"/>.</exception>
    /// <inheritdoc cref="InvokeAsync(ReadOnlySpan{object}, JsInvokeOptions, CancellationToken)"/>
    public ValueTask<T?> InvokeAsync<T>(ReadOnlySpan<object?> arguments, JsInvokeOptions? options = null, CancellationToken cancellationToken = default) =>
        ConvertAsync<T>(InvokeAsync(arguments, options, cancellationToken));

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
