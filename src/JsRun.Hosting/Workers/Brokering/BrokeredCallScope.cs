using System.Text.Json;
using JsRun.Bindings;
using JsRun.Values;

namespace JsRun.Workers.Brokering;

/// <summary>What a call of a host function needs of the request that it came from in a worker.</summary>
internal sealed class BrokeredCallScope(BrokerRequest request, JsonSerializerOptions json, CancellationToken cancellationToken) : IHostCallScope
{
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>None: an embedder's runtime is in this process.</summary>
    public IJsRuntime? Runtime => null;

    public string? RequestId => request.RequestId is { Length: > 0 } id ? id : null;

    /// <summary>The token of the request; empty if it belongs to none.</summary>
    public string Token => request.Token;

    public T? Convert<T>(object value) => ResultConverter.To<T>(value, json);
}
