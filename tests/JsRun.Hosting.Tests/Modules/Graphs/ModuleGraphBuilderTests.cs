using System.Text.Json;
using JsRun.Modules;
using JsRun.Modules.Graphs;
using JsRun.Modules.Sources;

namespace JsRun.Hosting.Tests.Modules.Graphs;

public sealed class ModuleGraphBuilderTests : IDisposable
{
    private readonly ModuleFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task BuildAsync_RelativeImports_FindsEveryModuleOnce()
    {
        _folder.With("api/main.js", "import '../lib/a.ts'\nimport './b.js'").With("lib/a.ts", "import '/api/b.js'").With("api/b.js", "import 'file:///lib/a.ts'");

        var graph = await _folder.GraphAsync("api/main.js");

        graph.Entry.ShouldBe("file:///api/main.js");
        graph.Modules.Select(module => module.Url).ShouldBe(["file:///api/main.js", "file:///lib/a.ts", "file:///api/b.js"]);
        graph.Modules[0].Resolved!["../lib/a.ts"].ShouldBe("file:///lib/a.ts");
        _folder.Compiler.Compiled.ShouldBe(["api/main.js", "lib/a.ts", "api/b.js"]);
    }

    [Fact]
    public async Task BuildAsync_NamesThatUrlsEscape_AreEscaped()
    {
        _folder.With("users/[id].js", "import './a%20b%23.js'").With("users/a b#.js", "");

        var graph = await _folder.GraphAsync("users/[id].js");

        graph.Modules.Select(module => module.Url).ShouldBe(["file:///users/[id].js", "file:///users/a%20b%23.js"]);
    }

    [Fact]
    public async Task BuildAsync_SameFileAsCodeAndText_IsTwoModulesReadOnce()
    {
        _folder.With("main.js", "import './a.js'\nimport './a.js' with { type: 'text' }").With("a.js", "let a");

        var graph = await _folder.GraphAsync();

        graph.Modules.Select(module => module.Kind).ShouldBe([ModuleKind.Js, ModuleKind.Js, ModuleKind.Text]);
        graph.Modules[2].Source.ShouldBe("let a");
        graph.Files.ShouldBe([_folder.Full("a.js"), _folder.Full("main.js")]);
    }

    [Fact]
    public async Task BuildAsync_ByteOrderMark_IsLeftOut()
    {
        _folder.With("main.js", "import './a.json' with { type: 'json' }").With("a.json", "\uFEFF{}");

        (await _folder.GraphAsync()).Modules[1].Source.ShouldBe("{}");
    }

    [Fact]
    public async Task BuildAsync_SyntaxError_NamesPlaceWithFrame()
    {
        _folder.With("main.js", "import './a.js'").With("a.js", "one\n\ttwo !! three\nfour");

        var error = await _folder.ErrorAsync();

        (error.File, error.Line, error.Column).ShouldBe((_folder.Full("a.js"), 2, 6));
        error.Message.ShouldBe("a.js:2:6: Unexpected token\n\n  1 | one\n> 2 | \ttwo !! three\n    | \t    ^\n  3 | four");
    }

    [Fact]
    public async Task BuildAsync_BrokenJson_NamesPlace()
    {
        _folder.With("main.js", "import './a.json' with { type: 'json' }").With("a.json", "{\n  \"a\": 1,\n}");

        var error = await _folder.ErrorAsync();

        error.Line.ShouldBe(3);
        error.Message.ShouldStartWith("a.json:3:1: The module is not valid JSON: ");
    }

    [Fact]
    public async Task BuildAsync_FailedAttempt_TellsFilesReadAndLookedFor()
    {
        _folder.With("main.js", "import './a.js'\nimport './missing.js'").With("a.js", "");

        var build = await _folder.BuildAsync();

        build.Graph.ShouldBeNull();
        build.Files.ShouldBe([_folder.Full("a.js"), _folder.Full("main.js"), _folder.Full("missing.js")]);
    }

    [Fact]
    public async Task BuildAsync_FileAtTheLimit_IsRead()
    {
        _folder.With("main.js", "12345678");

        (await _folder.BuildAsync(maxFileBytes: 8)).Error.ShouldBeNull();
    }

    [Fact]
    public async Task BuildAsync_FileOverTheLimit_IsRefused()
    {
        _folder.With("main.js", "123456789");

        (await _folder.BuildAsync(maxFileBytes: 8)).Error.ShouldNotBeNull().Message.ShouldContain("is too large: 9 bytes");
    }

    [Fact]
    public async Task BuildAsync_BrokenModuleImportedLater_FailsThatImportOnly()
    {
        _folder.With("main.js", "import('./broken.js')\nimport('./missing.js')\nimport('react')").With("broken.js", "!!");

        var graph = await _folder.GraphAsync();

        var errors = graph.Modules.Where(module => module.Kind == ModuleKind.Error).ToDictionary(module => module.Url, module => module.Error!);
        errors["file:///broken.js"].Name.ShouldBe("SyntaxError");
        errors["file:///broken.js"].Message.ShouldStartWith("broken.js:1:1: Unexpected token");
        errors[graph.Modules[0].Resolved!["./missing.js"]].Message.ShouldStartWith("main.js:2:8: './missing.js' does not exist");
        errors[graph.Modules[0].Resolved!["react"]].Message.ShouldContain("names a package");
    }

    [Fact]
    public async Task BuildAsync_ModuleNeededNowAndLater_MustNotBeBroken()
    {
        _folder.With("main.js", "import('./broken.js')\nimport './a.js'").With("a.js", "import './broken.js'").With("broken.js", "!!");

        (await _folder.ErrorAsync()).File.ShouldBe(_folder.Full("broken.js"));
    }

    [Fact]
    public async Task BuildAsync_MissingRoot_NamesIt()
    {
        var builder = new ModuleGraphBuilder(_folder.Compiler);

        var build = await builder.BuildAsync(_folder.Full("nowhere"), "main.js", TestContext.Current.CancellationToken);

        build.Error.ShouldNotBeNull().Message.ShouldContain($"'{_folder.Full("nowhere")}' does not exist");
    }

    [Fact]
    public async Task Hash_SameContent_IsEqual_AndDiffersWithContent()
    {
        _folder.With("main.js", "import './a.js'").With("a.js", "1");
        var first = (await _folder.GraphAsync()).Hash;
        var again = (await _folder.GraphAsync()).Hash;
        _folder.With("a.js", "2");

        again.ShouldBe(first);
        (await _folder.GraphAsync()).Hash.ShouldNotBe(first);
    }

    [Fact]
    public async Task ToJson_Graph_HasWhatTheLinkerReadsAndNoCode()
    {
        _folder.With("main.js", "import './a.txt' with { type: 'text' }").With("a.txt", "<ä>");

        var json = (await _folder.GraphAsync()).ToJson();

        using var document = JsonDocument.Parse(json);
        var modules = document.RootElement.GetProperty("modules");
        modules[0].GetProperty("kind").GetString().ShouldBe("js");
        modules[0].GetProperty("shape").GetProperty("imports")[0].GetProperty("type").GetString().ShouldBe("text");
        modules[0].TryGetProperty("code", out _).ShouldBeFalse();
        modules[0].TryGetProperty("error", out _).ShouldBeFalse();
        modules[1].GetProperty("source").GetString().ShouldBe("<ä>");
        json.ShouldContain("<ä>");
    }

    [Fact]
    public async Task LoadAsync_ModuleOutsideOfGraph_GivesWhatIsMissing()
    {
        _folder.With("main.js", "import './a.js'").With("a.js", "").With("sub/b.js", "import '../a.js'\nimport './c.js'").With("sub/c.js", "");
        var known = await _folder.GraphAsync();

        var build = await LoadAsync("./sub/b.js", known, []);

        build.GraphOrThrow().Entry.ShouldBe("file:///sub/b.js");
        build.GraphOrThrow().Modules.Select(module => module.Url).ShouldBe(["file:///sub/b.js", "file:///sub/c.js"]);
    }

    [Fact]
    public async Task LoadAsync_BroughtByAnEarlierLoad_IsNotReadAgain()
    {
        _folder.With("main.js", "").With("b.js", "import './c.js'").With("c.js", "import './d.js'").With("d.js", "");
        var known = await _folder.GraphAsync();
        _folder.Compiler.Compiled.Clear();

        var build = await LoadAsync("./b.js", known, [("file:///c.js", null)]);

        build.GraphOrThrow().Modules.Select(module => module.Url).ShouldBe(["file:///b.js"]);
        _folder.Compiler.Compiled.ShouldBe(["b.js"]);
    }

    [Theory]
    [InlineData(4999, true)]
    [InlineData(5000, false)]
    public async Task LoadAsync_AsManyModulesAsAllowed_AreAllThatOneImportBrings(int more, bool allowed)
    {
        _folder.With("main.js", "").With("all.js", string.Concat(Enumerable.Range(0, more).Select(i => $"import './m{i}.txt' with {{ type: 'text' }}\n")));
        for (var i = 0; i < more; i++)
        {
            _folder.With($"m{i}.txt", "");
        }

        var build = await LoadAsync("./all.js", await _folder.GraphAsync(), []);

        (build.Error is null).ShouldBe(allowed);
        (build.Error?.Message ?? "more than 5000 modules").ShouldContain("more than 5000 modules");
    }

    [Fact]
    public async Task LoadAsync_BudgetIsSpent_GivesUp()
    {
        _folder.With("main.js", "").With("a.js", "import './b.js'").With("b.js", "import './c.js'").With("c.js", "");
        var known = await _folder.GraphAsync();
        _folder.Compiler.Compiled.Clear();
        var checks = 0;

        await Should.ThrowAsync<OperationCanceledException>(() => LoadAsync("./a.js", known, [], () =>
        {
            if (++checks == 3)
            {
                throw new OperationCanceledException();
            }
        }).AsTask());

        _folder.Compiler.Compiled.ShouldBe(["a.js", "b.js"]);
    }

    private ValueTask<ModuleBuild> LoadAsync(string specifier, ModuleGraph deployed, HashSet<(string Url, string? Type)> known, Action? check = null) =>
        new ModuleGraphBuilder(_folder.Compiler).LoadAsync(
            _folder.Root, new ModuleRequest(specifier, 1, 1), "file:///main.js", new ModuleLoadScope(deployed, known, check ?? (() => { })), TestContext.Current.CancellationToken);
}
