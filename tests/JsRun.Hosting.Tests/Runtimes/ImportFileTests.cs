using JsRun.Hosting.Tests.Modules;

namespace JsRun.Hosting.Tests.Runtimes;

public sealed class ImportFileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ImportFileAsync_File_GivesItsExports()
    {
        using var folder = new ModuleFolder().With("lib/main.ts", "import { two } from '../two.js'; export const sum: number = 40 + two; export default () => sum;").With("two.js", "export const two = 2;");
        await using var runtime = await TestRuntimes.CreateAsync(Token);

        var module = await runtime.ImportFileAsync(Path.Combine(folder.Root, "lib/main.ts"), folder.Root, cancellationToken: Token);

        module["sum"].ShouldBe(42L);
        await using var function = (JsFunction)module["default"]!;
        function.Invoke().ShouldBe(42L);
        module.Url.ShouldBe("file:///lib/main.ts");
        (await Should.ThrowAsync<JsModuleException>(async () => await runtime.ImportFileAsync(Path.Combine(folder.Root, "lib/main.ts"), cancellationToken: Token))).Message.ShouldContain("leads out");
        await Should.ThrowAsync<NotSupportedException>(async () => await runtime.ImportFileAsync("a.json", options: new() { Type = "json" }, cancellationToken: Token));
    }

    [Theory]
    [InlineData("file:///lib/main.ts", 42L)]
    [InlineData("file:///a%20b.js", 1L)]
    public async Task FromDirectory_Url_IsTheFile(string url, long expected)
    {
        using var folder = new ModuleFolder().With("lib/main.ts", "import data from '../data.json' with { type: 'json' }; export default data.n as number;").With("data.json", "{ \"n\": 42 }").With("a b.js", "export default 1;");
        await using var runtime = await TestRuntimes.CreateAsync(Token, new() { Modules = { Loader = JsModuleLoaders.FromDirectory(folder.Root) } });

        (await runtime.ImportAsync(url, cancellationToken: Token))["default"].ShouldBe(expected);
    }

    [Theory]
    [InlineData("file:///man.ts", "there is no file 'man.ts'")]
    [InlineData("file:///../inside.ts", "'file:///inside.ts' does not exist")]
    [InlineData("file:///%2e%2e%2foutside.ts", "encoded separator")]
    [InlineData("file:///..%5coutside.ts", "encoded separator")]
    [InlineData("file:///link.ts", "symbolic link")]
    [InlineData("file:///folder/outside.ts", "symbolic link")]
    [InlineData("https://a.example/main.ts", "has no module")]
    public async Task FromDirectory_WhatIsNotInTheFolder_IsRefused(string url, string expected)
    {
        using var outside = new ModuleFolder().With("outside.ts", "export default 'stolen';");
        using var folder = new ModuleFolder().With("main.ts", "");
        File.CreateSymbolicLink(Path.Combine(folder.Root, "link.ts"), Path.Combine(outside.Root, "outside.ts"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Root, "folder"), outside.Root);
        await using var runtime = await TestRuntimes.CreateAsync(Token, new() { Modules = { Loader = JsModuleLoaders.FromDirectory(folder.Root) } });

        (await Should.ThrowAsync<JsModuleException>(async () => await runtime.ImportAsync(url, cancellationToken: Token))).Message.ShouldContain(expected);
    }

    [Fact]
    public void FromDirectory_NoFolder_IsRefused() => Should.Throw<DirectoryNotFoundException>(() => JsModuleLoaders.FromDirectory("/nowhere/at/all"));

    [Theory]
    [InlineData("hook", "hook 2")]
    [InlineData("declared", "declared 2")]
    [InlineData("hooks.onSave", "save 2")]
    [InlineData("hooks.later", "later 2")]
    public async Task InvokeAsync_Name_IsTheFunction(string name, string expected)
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        await runtime.EvaluateAsync(
            "globalThis.hook = a => `hook ${a}`; const declared = a => `declared ${a}`; globalThis.hooks = { name: 'save', onSave(a) { return `${this.name} ${a}`; }, later: async a => `later ${a}` };", Token);

        (await runtime.InvokeAsync<string>(name, 2)).ShouldBe(expected);
        (await runtime.InvokeAsync(name, 2)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("missing", typeof(JavaScriptException), "missing is not defined")]
    [InlineData("Math.PI", typeof(JavaScriptException), "Math.PI is not a function")]
    [InlineData("", typeof(ArgumentException), "'' is not the name")]
    [InlineData("a()", typeof(ArgumentException), "is not the name")]
    [InlineData("a;b", typeof(ArgumentException), "is not the name")]
    [InlineData("a\n", typeof(ArgumentException), "is not the name")]
    [InlineData("a.", typeof(ArgumentException), "is not the name")]
    public async Task InvokeAsync_WhatIsNoFunction_SaysSo(string name, Type type, string expected)
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);

        var error = await Should.ThrowAsync(async () => await runtime.InvokeAsync(name), type);

        error.Message.ShouldContain(expected);
    }
}
