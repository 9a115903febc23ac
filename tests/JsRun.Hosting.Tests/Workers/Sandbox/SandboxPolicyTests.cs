using JsRun.Workers.Sandbox;

namespace JsRun.Hosting.Tests.Workers.Sandbox;

public sealed class SandboxPolicyTests
{
    [Fact]
    public void Parse_ArgumentsOfAPolicy_ReturnsItAndTheCommand()
    {
        var policy = new SandboxPolicy { ParentProcess = 42, AssemblyFolders = ["/app", "/plug ins"], ReadablePaths = ["/functions", "--"], SocketFolder = "/run/x", MaxMemoryBytes = 5L << 30 };

        var (read, command) = SandboxPolicy.Parse([.. policy.ToArguments("/usr/bin/dotnet", "exec", "--", "--read")]);

        read.ParentProcess.ShouldBe(42);
        read.AssemblyFolders.ShouldBe(policy.AssemblyFolders);
        read.ReadablePaths.ShouldBe(policy.ReadablePaths);
        read.SocketFolder.ShouldBe("/run/x");
        read.MaxMemoryBytes.ShouldBe(5L << 30);
        command.ShouldBe(["/usr/bin/dotnet", "exec", "--", "--read"]);
    }

    [Theory]
    [InlineData("launch")]
    [InlineData("launch --parent 1 --socket /x")]
    [InlineData("launch --parent 1 --socket /x --")]
    [InlineData("launch --socket /x -- /bin/true")]
    [InlineData("launch --parent 1 -- /bin/true")]
    [InlineData("launch --parent -1 --socket /x -- /bin/true")]
    [InlineData("launch --parent 1 --socket /x --other / -- /bin/true")]
    public void Parse_SomethingElse_Throws(string arguments) => Should.Throw<FormatException>(() => SandboxPolicy.Parse(arguments.Split(' ')));
}
