using System.Diagnostics.CodeAnalysis;

namespace JsRun.Permissions;

/// <summary>One entry of <c>JsRun:Permissions</c>: <c>net:HOST[:PORT]</c>, <c>env:NAME</c> or <c>op:NAME</c>, the names of the last two also as <c>PREFIX*</c>.</summary>
internal abstract record Permission
{
    public const string Forms = "net:HOST, net:HOST:PORT, net:*.DOMAIN, net:*, env:NAME, env:PREFIX_*, op:NAME or op:PREFIX.*";

    public static bool TryParse(string? text, [NotNullWhen(true)] out Permission? permission, [NotNullWhen(false)] out string? error)
    {
        permission = null;
        error = null;
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        var kind = colon < 0 ? text : text![..colon];
        var rest = colon < 0 ? "" : text![(colon + 1)..];
        switch (kind)
        {
            case "net":
                permission = NetPermission.Parse(rest, out error);
                break;
            case "env" when IsEnvName(rest.EndsWith('*') ? rest[..^1] + "_" : rest):
                permission = new EnvPermission(rest);
                break;
            case "env":
                error = "'env:' is followed by a name of letters, digits and '_', or by the beginning of one and '*'.";
                break;
            case "op" when IsOpName(rest.EndsWith('*') ? rest[..^1] + "_" : rest):
                permission = new OpPermission(rest);
                break;
            case "op":
                error = "'op:' is followed by a name of letters, digits, '.', '_' or '-', or by the beginning of one and '*'.";
                break;
            default:
                error = $"a permission is {Forms}.";
                break;
        }

        return permission is not null;
    }

    public static bool IsEnvName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    public static bool IsOpName(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
