namespace JsRun.Cli.Tests.Commands;

public sealed class ReplCommandTests
{
    [Theory]
    [InlineData("1 + 1", "2\n")]
    [InlineData("undefined", "")]
    [InlineData("'a'", "'a'\n")]
    [InlineData("{ a: 1 }", "{ a: 1 }\n")]
    [InlineData("new Map([[1, { b: 2n }]])", "Map { 1 => { b: 2n } }\n")]
    [InlineData("const x = 2\nconst x = 3\nx * 2", "6\n")]
    [InlineData("await Promise.resolve(4)", "4\n")]
    [InlineData("const y = await Promise.resolve(5);\ny", "5\n")]
    [InlineData("5\n_ + 1", "5\n6\n")]
    [InlineData("function f(a) {\n  return [\n    a,\n  ];\n}\nf(1)", "[1]\n")]
    [InlineData("let a = 1, b = 2\na + b", "3\n")]
    [InlineData("let a = 1, b\na", "1\n")]
    [InlineData("class A { x = 1 }\nnew A()", "A { x: 1 }\n")]
    [InlineData("`a\nb`.length", "3\n")]
    [InlineData("console.log('said')", "said\n")]
    [InlineData("1\n.exit\n2", "1\n")]
    public async Task Repl_Lines_AreEvaluatedInOneRuntime(string input, string expected) =>
        (await CliRun.WithInputAsync(input, "repl")).ShouldBe(new(ExitCode.Success, expected, ""));

    [Theory]
    [InlineData("1 +* 2", "Uncaught SyntaxError: ")]
    [InlineData("throw new TypeError('no')", "Uncaught TypeError: no")]
    [InlineData("f(", "Uncaught SyntaxError: ")]
    [InlineData("await Promise.reject(new Error('late'))", "Uncaught Error: late")]
    public async Task Repl_Mistake_IsShownAndTheSessionGoesOn(string input, string expected)
    {
        var run = await CliRun.WithInputAsync(input == "f(" ? input : $"{input}\n1", "repl");

        run.Out.ShouldBe(input == "f(" ? "" : "1\n");
        run.Error.ShouldStartWith(expected);
    }

    [Fact]
    public async Task Repl_Env_IsAGlobal() =>
        (await CliRun.WithInputAsync("env.NAME", "repl", "--env", "NAME=a=b")).ShouldBe(new(ExitCode.Success, "'a=b'\n", ""));
}
