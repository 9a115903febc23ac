using JsRun.Bindings;

namespace JsRun.Hosting.Tests.Bindings;

internal sealed class FakeScope : IHostCallScope
{
    public CancellationToken CancellationToken { get; init; } = TestContext.Current.CancellationToken;

    public IJsRuntime? Runtime => null;

    public string RequestId => "request-1";

    public string Token => "";

    public T? Convert<T>(object value) => throw new JsConversionException($"no {typeof(T).Name}");

    public JsHostCall Call(params object?[] arguments) => new("f", arguments, this);
}
