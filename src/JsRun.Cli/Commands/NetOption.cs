using System.CommandLine;

namespace JsRun.Cli.Commands;

/// <summary><c>--allow-net[=HOST,…]</c></summary>
internal sealed class NetOption
{
    // A wildcard does not grant this machine, so it is named.
    private static readonly string[] All = ["net:*", "net:localhost", "net:127.0.0.1", "net:[::1]"];

    private readonly ListOption _hosts = new(
        ListOption.Net, "Lets fetch reach these hosts, such as api.example.com or *.example.com:443; without a value all public ones and this machine. Hosts inside the network must be named.", "HOST,...");

    public void AddTo(Command command) => _hosts.AddTo(command);

    public IReadOnlyList<string> Permissions(ParseResult parsed) => [.. _hosts.IsBare(parsed) ? All : [], .. _hosts.Items(parsed).Select(host => $"net:{host}")];
}
