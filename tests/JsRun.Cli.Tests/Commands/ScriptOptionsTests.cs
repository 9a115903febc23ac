using System.CommandLine;
using JsRun.Cli.Commands;

namespace JsRun.Cli.Tests.Commands;

public sealed class ScriptOptionsTests
{
    [Theory]
    [InlineData("--max-heap 64M", 64L << 20)]
    [InlineData("--max-heap 1g", 1L << 30)]
    [InlineData("--max-heap 32768K", 32L << 20)]
    [InlineData("--max-heap 16777216", 16L << 20)]
    [InlineData("--max-heap 16G", 16L << 30)]
    [InlineData("", null)]
    public void MaxHeapBytes_Size_IsRead(string args, long? expected) => Parse(args, (options, parsed) => options.MaxHeapBytes(parsed)).ShouldBe(expected);

    [Theory]
    [InlineData("--timeout 1.5", 1500.0)]
    [InlineData("--timeout 0.01", 10.0)]
    [InlineData("--timeout 86400", 86_400_000.0)]
    [InlineData("", null)]
    public void Timeout_Seconds_AreRead(string args, double? milliseconds) => Parse(args, (options, parsed) => options.Timeout(parsed))?.TotalMilliseconds.ShouldBe(milliseconds!.Value);

    [Theory]
    [InlineData("", "")]
    [InlineData("--allow-net", "net:* net:localhost net:127.0.0.1 net:[::1]")]
    [InlineData("--allow-net=*", "net:*")]
    [InlineData("--allow-net=api.example.com,*.example.org:443", "net:api.example.com net:*.example.org:443")]
    [InlineData("--allow-net=a.example --allow-net=b.example", "net:a.example net:b.example")]
    public void Permissions_Hosts_AreRead(string args, string expected) => string.Join(' ', Parse(args, (options, parsed) => options.Permissions(parsed))).ShouldBe(expected);

    [Fact]
    public void Permissions_BareOptionBeforeTheCode_LeavesTheCodeAlone()
    {
        var (code, permissions) = Parse("--allow-net true", (options, parsed) => (parsed.GetValue<string>("CODE"), options.Permissions(parsed)));

        code.ShouldBe("true");
        permissions.ShouldContain("net:*");
    }

    private static T Parse<T>(string args, Func<ScriptOptions, ParseResult, T> read)
    {
        var options = new ScriptOptions();
        var command = new RootCommand { new Argument<string?>("CODE") { Arity = ArgumentArity.ZeroOrOne } };
        options.AddTo(command);
        var parsed = command.Parse(ListOption.Expand(args.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        parsed.Errors.ShouldBeEmpty();
        return read(options, parsed);
    }
}
