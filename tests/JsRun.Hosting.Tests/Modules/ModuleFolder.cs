using JsRun.Modules.Graphs;

namespace JsRun.Hosting.Tests.Modules;

/// <summary>A folder of modules in a temporary place.</summary>
internal sealed class ModuleFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jsrun-modules-").FullName;

    /// <summary>The root; its parent belongs to the test too.</summary>
    public string Root => Path.Combine(_folder, "root");

    public FakeModuleCompiler Compiler { get; } = new();

    public ModuleFolder()
    {
        Directory.CreateDirectory(Root);
    }

    public ModuleFolder With(string path, string content)
    {
        var full = Full(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        return this;
    }

    public ModuleFolder WithLink(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.CreateSymbolicLink(Full(path), target);
        return this;
    }

    public string Full(string path) => Path.GetFullPath(path, Root);

    public ValueTask<ModuleBuild> BuildAsync(string entry = "main.js", int maxFileBytes = ModuleGraphBuilder.MaxFileBytes) =>
        new ModuleGraphBuilder(Compiler, maxFileBytes).BuildAsync(Root, entry, TestContext.Current.CancellationToken);

    public async Task<ModuleGraph> GraphAsync(string entry = "main.js") => (await BuildAsync(entry)).GraphOrThrow();

    public async Task<JsModuleException> ErrorAsync(string entry = "main.js") => (await BuildAsync(entry)).Error.ShouldNotBeNull();

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
