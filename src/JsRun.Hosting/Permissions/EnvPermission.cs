namespace JsRun.Permissions;

/// <summary><c>env:NAME</c>, or <c>env:PREFIX*</c> for all names that begin so. Names are compared as they are written, upper and lower case apart.</summary>
internal sealed record EnvPermission(string Pattern) : Permission
{
    public bool Allows(string name) =>
        Pattern.EndsWith('*') ? name.StartsWith(Pattern[..^1], StringComparison.Ordinal) : string.Equals(name, Pattern, StringComparison.Ordinal);

    public override string ToString() => $"env:{Pattern}";
}
