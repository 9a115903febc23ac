using JsRun.Modules.Graphs;

namespace JsRun.Hosting.Tests.Modules.Resolution;

public sealed class ModuleResolverTests : IDisposable
{
    private readonly ModuleFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("./x", "x.ts", "'./x' does not exist: there is no file 'sub/x'. Did you mean './x.ts'? Extensions are not guessed.")]
    [InlineData("./x.js", "x.ts", "Did you mean './x.ts'?")]
    [InlineData("./x.json", "x.ts", "'x.json' is JSON")]
    [InlineData("./lib", "lib/index.tsx", "'./lib' is a folder: a specifier names one file. Did you mean './lib/index.tsx'?")]
    [InlineData("../sub/x", "x.js", "Did you mean './x.js'?")]
    [InlineData("./X.js", "x.js", "Did you mean './x.js'?")]
    [InlineData("./nothing.js", "x.js", "sub/main.js:1:8: './nothing.js' does not exist: there is no file 'sub/nothing.js'.")]
    public async Task TryResolve_MissingFile_SuggestsWhatIsThere(string specifier, string there, string expected)
    {
        _folder.With("sub/main.js", $"import '{specifier}'").With("sub/" + there, "");

        (await _folder.ErrorAsync("sub/main.js")).Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("react", "npm packages come in bundled")]
    [InlineData("@scope/name/sub.js", "esbuild")]
    [InlineData("", "names a package")]
    [InlineData("node:sqlite", "is a module of Node.js")]
    [InlineData("domain", "is a module of Node.js")]
    [InlineData("react/jsx-runtime", "@jsxImportSource ./_lib")]
    [InlineData("https://example.com/a.js", "is remote")]
    [InlineData("data:text/javascript,1", "has a scheme")]
    [InlineData("./a.js?x=1", "has a query or fragment")]
    [InlineData("./a.js#x", "has a query or fragment")]
    [InlineData("./sub%2fa.js", "has a backslash, an encoded separator or a NUL")]
    [InlineData(@".\a.js", "names a package")]
    [InlineData(@"./sub\a.js", "has a backslash")]
    [InlineData("./a.json", "import it with { type: 'json' }")]
    [InlineData("./a.cjs", "is CommonJS")]
    [InlineData("./a.d.ts", "use 'import type'")]
    [InlineData("./a.css", "type: 'text'")]
    public async Task TryResolve_WhatIsNoModule_SaysWhy(string specifier, string expected)
    {
        _folder.With("main.js", $"import '{specifier}'").With("a.js", "").With("a.json", "{}").With("a.cjs", "").With("a.d.ts", "").With("a.css", "");

        (await _folder.ErrorAsync()).Message.ShouldContain(expected);
    }

    [Fact]
    public async Task TryResolve_UnknownType_IsRefused()
    {
        _folder.With("main.js", "import './a.css' with { type: 'css' }").With("a.css", "");

        (await _folder.ErrorAsync()).Message.ShouldContain("cannot be imported with the type 'css'");
    }

    [Theory]
    [InlineData("../secret.js")]
    [InlineData("./sub/../../secret.js")]
    [InlineData("/../secret.js")]
    [InlineData("file:///../secret.js")]
    [InlineData("./%2e%2e/secret.js")]
    public async Task TryResolve_PathOutOfTheRoot_IsRefused(string specifier)
    {
        _folder.With("main.js", $"import '{specifier}'").With("../secret.js", "");

        (await _folder.ErrorAsync()).Message.ShouldContain($"'{specifier}' leads out of the folder");
        _folder.Compiler.Compiled.ShouldBe(["main.js"]);
    }

    [Fact]
    public async Task TryResolve_LinkOutOfTheRoot_IsRefused()
    {
        _folder.With("main.js", "import './link.js'").With("../secret.js", "").WithLink("link.js", "../secret.js");

        (await _folder.ErrorAsync()).Message.ShouldContain("symbolic link that leads out of the folder");
    }

    [Fact]
    public async Task TryResolve_FolderLinkOutOfTheRoot_IsRefused()
    {
        _folder.With("main.js", "import './sub/secret.js'").With("../outside/secret.js", "").WithLink("sub", "../outside");

        (await _folder.ErrorAsync()).Message.ShouldContain("symbolic link that leads out of the folder");
    }

    [Fact]
    public async Task TryResolve_MissingFileBehindLinkOutOfTheRoot_SuggestsNothing()
    {
        _folder.With("main.js", "import './sub/secret'").With("../outside/secret.js", "").WithLink("sub", "../outside");

        (await _folder.ErrorAsync()).Message.ShouldNotContain("Did you mean");
    }

    [Fact]
    public async Task TryResolve_LinkWithinTheRoot_IsTheModuleItPointsTo()
    {
        _folder.With("main.js", "import './link.js'\nimport './a.js'").With("a.js", "").WithLink("link.js", "a.js");

        (await _folder.GraphAsync()).Modules.Select(module => module.Url).ShouldBe(["file:///main.js", "file:///a.js"]);
    }

    [Fact]
    public async Task TryResolve_LinksInACircle_AreRefused()
    {
        _folder.With("main.js", "import './a.js'").WithLink("a.js", "b.js").WithLink("b.js", "a.js");

        (await _folder.ErrorAsync()).Message.ShouldContain("'./a.js'");
    }

    [Theory]
    [InlineData("missing.ts", "'missing.ts' does not exist")]
    [InlineData("../secret.js", "leads out of the folder")]
    [InlineData("notes.txt", "is not a module")]
    public async Task TryFindEntry_WhatCannotBeAnEntry_SaysWhy(string entry, string expected)
    {
        _folder.With("../secret.js", "").With("notes.txt", "");

        (await _folder.ErrorAsync(entry)).Message.ShouldContain(expected);
    }

    [Fact]
    public async Task TryFindEntry_AbsolutePathUnderLinkedRoot_IsFound()
    {
        _folder.With("main.js", "").WithLink("../linked", "root");
        var linked = _folder.Full("../linked");
        var builder = new ModuleGraphBuilder(_folder.Compiler);

        var build = await builder.BuildAsync(linked, Path.Combine(linked, "main.js"), TestContext.Current.CancellationToken);

        build.GraphOrThrow().Entry.ShouldBe("file:///main.js");
    }
}
