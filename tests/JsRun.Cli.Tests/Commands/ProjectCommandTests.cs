using System.Text.Json.Nodes;

namespace JsRun.Cli.Tests.Commands;

public sealed class ProjectCommandTests
{
    [Fact]
    public async Task Init_NewFolder_HasAFunctionThatPassesItsTest()
    {
        using var folder = new ScriptFolder();

        var run = await CliRun.Async("init", folder["app"]);

        run.ExitCode.ShouldBe(ExitCode.Success, run.Error);
        run.Out.ShouldStartWith("functions/hello/[name].ts\n");
        var types = JsonNode.Parse(await File.ReadAllTextAsync(folder["app/tsconfig.json"], TestContext.Current.CancellationToken))!["compilerOptions"]!["paths"]!["@jsrun/types"]![0]!.GetValue<string>();
        File.Exists(folder[Path.Combine("app", types)]).ShouldBeTrue();
        File.Exists(folder["app/.jsrun/types/globals/fetch.d.ts"]).ShouldBeTrue();
        (await CliRun.Async("test", folder["app/functions"])).Out.ShouldContain("1 passed, 0 failed");
    }

    [Fact]
    public async Task Init_FileIsThere_WritesNothing()
    {
        using var folder = new ScriptFolder(("tsconfig.json", "{}"));

        var run = await CliRun.Async("init", folder.FullName);

        run.ExitCode.ShouldBe(ExitCode.WrongUsage);
        run.Error.ShouldContain("already has tsconfig.json");
        Directory.GetFileSystemEntries(folder.FullName).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Check_Compiler_IsTheProjectsOwn()
    {
        using var folder = new ScriptFolder(("tsconfig.json", """{ "paths": "./.jsrun/types/index.d.ts" }"""), ("functions/a.ts", ""));
        Tool(folder, "tsc", "echo \"$@\"; test -f .jsrun/types/index.d.ts && exit 3");

        var run = await CliRun.Async("check", folder["functions"]);

        run.ShouldBe(new(ExitCode.ScriptFailed, $"--noEmit -p {folder.FullName}\n", ""));
    }

    [Theory]
    [InlineData(false, "has a tsconfig.json. 'jsrun init' writes one.")]
    [InlineData(true, "npm install --save-dev typescript")]
    public async Task Check_WhatIsMissing_IsSaid(bool hasProject, string expected)
    {
        using var folder = hasProject ? new ScriptFolder(("tsconfig.json", "{}")) : new ScriptFolder();

        var run = await CliRun.Async("check", folder.FullName);

        run.ExitCode.ShouldBe(ExitCode.WrongUsage);
        run.Error.ShouldContain(expected);
    }

    [Fact]
    public async Task Bundle_Functions_AreGivenToTheProjectsEsbuild()
    {
        using var folder = new ScriptFolder(("functions/a/[id].ts", ""), ("functions/_lib.ts", ""), ("functions/a.test.ts", ""), ("functions/out/old.js", ""), ("functions/node_modules/x/x.js", ""));
        Tool(folder, "esbuild", "for a in \"$@\"; do echo \"$a\"; done");

        var run = await CliRun.Async("bundle", folder["functions"], "--out", folder["functions/out"], "--minify");

        run.ExitCode.ShouldBe(ExitCode.Success, run.Error);
        var lines = run.Out.Split('\n');
        lines.TakeWhile(line => !line.StartsWith("--", StringComparison.Ordinal)).ShouldBe(["a/[id].ts"]);
        lines.ShouldContain("--format=esm");
        lines.ShouldContain("--minify");
        lines.ShouldContain($"--outdir={folder["functions/out"]}");
        lines.ShouldContain($"Bundled 1 file into {folder["functions/out"]}");
    }

    [Fact]
    public async Task Bundle_EsbuildFails_ExitsWith1()
    {
        using var folder = new ScriptFolder(("a.ts", ""));
        Tool(folder, "esbuild", "echo 'Could not resolve \"left-pad\"' >&2; exit 1");

        (await CliRun.Async("bundle", folder.FullName, "--out", folder["out"])).ShouldBe(new(ExitCode.ScriptFailed, "", "Could not resolve \"left-pad\"\n"));
    }

    [Theory]
    [InlineData("functions", "npm install --save-dev esbuild")]
    [InlineData("empty", "There are no functions in")]
    [InlineData("out", "--out is the folder of functions itself")]
    public async Task Bundle_WhatIsMissing_IsSaid(string source, string expected)
    {
        using var folder = new ScriptFolder(("functions/a.ts", ""), ("empty/_a.ts", ""), ("out/a.ts", ""));

        var run = await CliRun.Async("bundle", folder[source], "--out", folder["out"]);

        run.ExitCode.ShouldBe(ExitCode.WrongUsage);
        run.Error.ShouldContain(expected);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _jsrun_complete jsrun")]
    [InlineData("zsh", "compdef _jsrun_complete jsrun")]
    [InlineData("fish", "complete -c jsrun")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task Completion_Shell_GetsItsScript(string shell, string expected)
    {
        var run = await CliRun.Async("completion", shell);

        run.ExitCode.ShouldBe(ExitCode.Success);
        run.Out.ShouldContain(expected);
        run.Out.ShouldContain("[suggest:");
    }

    [Theory]
    [InlineData("jsrun se", "serve")]
    [InlineData("jsrun test --rep", "--reporter")]
    [InlineData("jsrun completion f", "fish")]
    public async Task Suggest_Line_IsCompleted(string line, string expected) =>
        (await CliRun.Async($"[suggest:{line.Length}]", line)).Out.Split('\n').ShouldContain(expected);

    private static void Tool(ScriptFolder folder, string name, string script)
    {
        var path = folder[$"node_modules/.bin/{name}"];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }

        Assert.Skip("The tool is a shell script");
    }
}
