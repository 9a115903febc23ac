namespace JsRun.Bindings;

/// <summary>What a call of a host function needs of the context that it comes from.</summary>
internal interface IHostCallScope
{
    /// <summary>Cancelled when nobody waits for the call any more.</summary>
    CancellationToken CancellationToken { get; }

    /// <summary>The runtime, where an embedder holds one.</summary>
    IJsRuntime? Runtime { get; }

    /// <summary>The request, where there is one.</summary>
    string? RequestId { get; }

    /// <summary>In a worker, the token by which the host knows the request; empty elsewhere.</summary>
    string Token { get; }

    /// <summary>Reads a value as a type that is none of the plain ones.</summary>
    /// <exception cref="JsConversionException">It cannot be read so.</exception>
    T? Convert<T>(object value);
}
