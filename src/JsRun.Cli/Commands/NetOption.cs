using System.CommandLine;

namespace JsRun.Cli.Commands;

/// <summary>
/// <c>--allow-net[=HOST,…]</c>. The value only ever follows '=': what stands behind a bare <c>--allow-net</c> is the next argument. The parser has no such
/// option, so the bare form is another, hidden one.
/// </summary>
internal sealed class NetOption
{
    private const string Name = "--allow-net";
    private const string Everywhere = "--allow-net-everywhere";

    // A wildcard does not grant this machine, so it is named.
    private static readonly string[] All = ["net:*", "net:localhost", "net:127.0.0.1", "net:[::1]"];

    private readonly Option<string[]?> _hosts = new(Name)
    {
        Description = "Lets fetch reach these hosts, such as api.example.com or *.example.com:443; without a value all public ones and this machine. Hosts inside the network must be named.",
        HelpName = "HOST,...",
    };

    private readonly Option<bool> _everywhere = new(Everywhere) { Hidden = true, Arity = ArgumentArity.Zero };

    public static string[] Expand(string[] args)
    {
        var end = Array.IndexOf(args, "--");
        return [.. args.Select((argument, i) => argument == Name && (end < 0 || i < end) ? Everywhere : argument)];
    }

    public void AddTo(Command command)
    {
        command.Add(_hosts);
        command.Add(_everywhere);
    }

    public IReadOnlyList<string> Permissions(ParseResult parsed) =>
        [.. parsed.GetValue(_everywhere) ? All : [], .. Split(parsed.GetValue(_hosts)).Select(host => $"net:{host}")];

    private static IEnumerable<string> Split(string[]? lists) =>
        lists?.SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) ?? [];
}
