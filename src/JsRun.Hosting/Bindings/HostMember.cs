namespace JsRun.Bindings;

/// <summary>A member of an object of the host's.</summary>
internal abstract record HostMember
{
    public sealed record Function(HostFunction Body) : HostMember;

    public sealed record Property(HostFunction Get, HostFunction? Set) : HostMember;
}
