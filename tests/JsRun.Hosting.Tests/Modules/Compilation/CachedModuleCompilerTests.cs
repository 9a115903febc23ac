using JsRun.Functions;
using JsRun.Hosting.Tests.Images;
using JsRun.Modules;
using JsRun.Modules.Compilation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Modules.Compilation;

public sealed class CachedModuleCompilerTests : IDisposable
{
    private const string Source = "import a from './a.js'\nimport './b.json' with { type: 'json' }\nimport('./c.js')";

    private static readonly CompiledModule Rich = new()
    {
        Code = "(function* () { 'ä€😀' })",
        Shape = new ModuleShape
        {
            Imports = [new ModuleRequest("./a.js", 1, 2), new ModuleRequest("./b.json", 3, 4) { Type = "json" }],
            Bindings = [new ImportedName(0, null, 5, 6), new ImportedName(1, "b", 7, 8)],
            Locals = [new LocalExport("default", "*default*")],
            Indirect = [new IndirectExport("x", 0, "y", 9, 10), new IndirectExport("ns", 1, null, 11, 12)],
            Stars = [0, 1],
            Dynamic = [new ModuleRequest("./c.js", 13, 14)],
            Async = true,
            Positions = "AqFAr",
            Disposes = true,
        },
    };

    private readonly CacheFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly LogCollector _logs = new();
    private readonly FakeModuleCompiler _inner = new();

    private string Modules => Path.Combine(_folder.Path, "modules");

    private string[] Files => Directory.Exists(Modules) ? Directory.GetFiles(Modules) : [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_WhatWasSaved_IsEqualInEveryPart()
    {
        Cache().Save("key", Rich);

        var read = Cache().Load("key").ShouldNotBeNull();

        read.Code.ShouldBe(Rich.Code);
        var (shape, expected) = (read.Shape!, Rich.Shape!);
        shape.Imports.ShouldBe(expected.Imports);
        shape.Bindings.ShouldBe(expected.Bindings);
        shape.Locals.ShouldBe(expected.Locals);
        shape.Indirect.ShouldBe(expected.Indirect);
        shape.Stars.ShouldBe(expected.Stars);
        shape.Dynamic.ShouldBe(expected.Dynamic);
        shape.Async.ShouldBeTrue();
        (shape.Positions, shape.Disposes).ShouldBe((expected.Positions, expected.Disposes));
    }

    [Fact]
    public async Task CompileAsync_AnotherProcessHasCompiledIt_AsksNoCompiler()
    {
        var first = await CompileAsync();

        var second = await CompileAsync();

        _inner.Compiled.ShouldBe(["main.js"]);
        second.Code.ShouldBe(first.Code);
        second.Shape!.Imports.ShouldBe(first.Shape!.Imports);
    }

    [Fact]
    public async Task CompileAsync_SameTextUnderAnotherName_IsCompiled()
    {
        await CompileAsync("main.js");

        await CompileAsync("main.ts");

        _inner.Compiled.ShouldBe(["main.js", "main.ts"]);
    }

    [Fact]
    public async Task CompileAsync_Mistake_IsNotKept()
    {
        (await CompileAsync(source: "!!")).Error.ShouldNotBeNull();

        Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task CompileAsync_FileTruncatedAnywhere_IsCompiledAnew()
    {
        await CompileAsync();
        var file = Files.ShouldHaveSingleItem();
        var whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        for (var length = 0; length < whole.Length; length++)
        {
            await ShouldCompileAnewAsync(file, whole[..length], $"{length} bytes of {whole.Length}");
        }

        await ShouldCompileAnewAsync(file, [.. whole, 0], "one byte more");
    }

    [Fact]
    public async Task CompileAsync_AnyByteChanged_IsCompiledAnew()
    {
        await CompileAsync();
        var file = Files.ShouldHaveSingleItem();
        var whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x20;
            await ShouldCompileAnewAsync(file, damaged, $"byte {at}");
        }
    }

    [Fact]
    public async Task CompileAsync_AnothersFileUnderItsName_IsCompiledAnew()
    {
        await CompileAsync(source: "other");
        var others = await File.ReadAllBytesAsync(Files.ShouldHaveSingleItem(), TestContext.Current.CancellationToken);
        File.Delete(Files[0]);
        await CompileAsync();

        await ShouldCompileAnewAsync(Files.ShouldHaveSingleItem(), others, "another's");
    }

    [Fact]
    public async Task CompileAsync_FolderDeletedMeanwhile_MakesItAgain()
    {
        await CompileAsync();
        Directory.Delete(_folder.Path, recursive: true);

        await CompileAsync();

        _inner.Compiled.Count.ShouldBe(2);
        Files.ShouldHaveSingleItem();
        if (!OperatingSystem.IsWindows())
        {
            _folder.Mode.ShouldBe((UnixFileMode)0b111_000_000, "images would not go there");
        }
    }

    [Fact]
    public async Task CompileAsync_FolderCannotBeWritten_CompilesNevertheless()
    {
        // A file where the folder should be: whoever runs the tests, even root, cannot write there.
        await File.WriteAllTextAsync(_folder.Path, "", TestContext.Current.CancellationToken);

        (await CompileAsync()).Code.ShouldNotBeNull();

        _logs.Entries.ShouldContain(e => e.Id == 191);
    }

    [Fact]
    public async Task CompileAsync_FolderOfOthersToo_KeepsNothingThere()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no modes.");
        _folder.Make();
        _folder.Mode = (UnixFileMode)0b111_101_101;

        (await CompileAsync()).Code.ShouldNotBeNull();

        Files.ShouldBeEmpty();
    }

    [Fact]
    public void Save_HalfOfASurrogatePair_IsNotKept()
    {
        Cache().Save("key", Rich with { Code = "'\ud83d'" });

        Files.ShouldBeEmpty();
    }

    [Fact]
    public void Save_MoreThanFits_DropsWhatWasNotUsedForLongest()
    {
        var cache = Cache(maxBytes: 20_000);
        for (var i = 0; i < 65; i++)
        {
            cache.Save($"{i}", Rich with { Code = new string('x', 1000) });
            File.SetLastWriteTimeUtc(Path.Combine(Modules, $"{i}.module"), _time.GetUtcNow().UtcDateTime.AddDays(i - 100));
        }

        Files.Sum(f => new FileInfo(f).Length).ShouldBeLessThanOrEqualTo(20_000);
        cache.Load("64").ShouldNotBeNull();
        cache.Load("63").ShouldNotBeNull();
        cache.Load("0").ShouldBeNull();
    }

    [Fact]
    public async Task DeployAsync_CompiledByAnotherProcess_NeedsNoCompiler()
    {
        var root = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(_folder.Path)!, "functions")).FullName;
        await File.WriteAllTextAsync(Path.Combine(root, "f.ts"), "export default { fetch(): Response { return new Response('typed') } }", TestContext.Current.CancellationToken);
        (await DeployAsync(root)).ShouldBe(EdgeFunctionState.Ready);

        (await DeployAsync(root, services => services.AddSingleton<IModuleCompiler, NoCompiler>())).ShouldBe(EdgeFunctionState.Ready);
    }

    private async Task<EdgeFunctionState> DeployAsync(string root, Action<IServiceCollection>? services = null)
    {
        await using var host = await TestHost.StartAsync(o => o.Images.CachePath = _folder.Path, services);
        return (await host.Functions.DeployAsync(new EdgeFunctionDescriptor { Name = "f", Root = root, File = "f.ts" }, TestContext.Current.CancellationToken)).State;
    }

    private async Task ShouldCompileAnewAsync(string file, byte[] bytes, string what)
    {
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        var before = _inner.Compiled.Count;
        (await CompileAsync()).Code.ShouldNotBeNull();
        _inner.Compiled.Count.ShouldBe(before + 1, what);
        (await CompileAsync()).Code.ShouldNotBeNull();
        _inner.Compiled.Count.ShouldBe(before + 1, $"{what}: not repaired");
    }

    private async Task<CompiledModule> CompileAsync(string fileName = "main.js", string source = Source) =>
        await new CachedModuleCompiler(_inner, Cache()).CompileAsync(source, fileName, scope: null, TestContext.Current.CancellationToken);

    private CompiledModuleCache Cache(long maxBytes = 1 << 20) => new(_folder.Path, maxBytes, _time, _logs.CreateLogger("cache"));

    /// <summary>Fails whoever asks.</summary>
    private sealed class NoCompiler : IModuleCompiler
    {
        public ValueTask<CompiledModule> CompileAsync(string source, string fileName, GlobalScope? scope, CancellationToken cancellationToken) => throw new JsModuleException("There is no compiler.");
    }
}
