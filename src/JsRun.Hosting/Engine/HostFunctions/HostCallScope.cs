using JsRun.Bindings;
using JsRun.Engine.Contexts;
using JsRun.Engine.Operations;
using JsRun.Values;

namespace JsRun.Engine.HostFunctions;

/// <inheritdoc cref="IHostCallScope"/>
internal sealed class HostCallScope(V8Context context, Operation? operation) : IHostCallScope
{
    public CancellationToken CancellationToken => operation?.CallsToken ?? CancellationToken.None;

    public IJsRuntime? Runtime => context.Runtime is { } runtime && runtime.TryGetTarget(out var target) ? target : null;

    public string? RequestId => operation?.RequestId is { Length: > 0 } id ? id : null;

    public string Token => operation?.Token ?? "";

    public T? Convert<T>(object value) => ResultConverter.To<T>(value, context.Values.Json);
}
