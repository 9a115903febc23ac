namespace JsRun.Permissions;

/// <summary><c>op:NAME</c>: the host function of that name.</summary>
internal sealed record OpPermission(string Name) : Permission
{
    public override string ToString() => $"op:{Name}";
}
