using JsRun.Engine.Contexts;

namespace JsRun.Engine.Crossing;

/// <summary>A row of the table of host ports.</summary>
/// <param name="Name">The port's, for messages.</param>
/// <param name="Ops">What it answers.</param>
/// <param name="Of">Gives a context its port.</param>
internal sealed record HostPortRow(string Name, IReadOnlyList<HostOp> Ops, Func<V8Context, IHostPort> Of)
{
    public static HostPortRow For<T>()
        where T : class, IHostPort<T> => new(typeof(T).Name, T.Ops, T.Of);
}
