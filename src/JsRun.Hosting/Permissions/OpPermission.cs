namespace JsRun.Permissions;

/// <summary><c>op:NAME</c>: the host function of that name, or <c>op:PREFIX*</c>: all whose names begin so. Names are compared as they are written, upper and lower case apart.</summary>
internal sealed record OpPermission(string Pattern) : Permission
{
    /// <summary>Gets whether it names one op only, as what an op requires must.</summary>
    public bool IsExact => !Pattern.EndsWith('*');

    public bool Allows(string name) => IsExact ? string.Equals(name, Pattern, StringComparison.Ordinal) : name.StartsWith(Pattern.AsSpan(0, Pattern.Length - 1), StringComparison.Ordinal);

    public override string ToString() => $"op:{Pattern}";
}
