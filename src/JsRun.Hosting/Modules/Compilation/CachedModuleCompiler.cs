namespace JsRun.Modules.Compilation;

/// <summary>Compiles each text once: what the compiler made of it is kept on disk, for the processes to come. Mistakes are not kept. Thread-safe.</summary>
internal sealed class CachedModuleCompiler(IModuleCompiler compiler, CompiledModuleCache cache) : IModuleCompiler
{
    public ValueTask<CompiledModule> CompileAsync(string source, string fileName, CancellationToken cancellationToken)
    {
        var key = CompiledModuleCache.KeyOf(source, fileName);
        return cache.Load(key) is { } known ? ValueTask.FromResult(known) : CompileAsync(key, source, fileName, cancellationToken);
    }

    private async ValueTask<CompiledModule> CompileAsync(string key, string source, string fileName, CancellationToken cancellationToken)
    {
        var module = await compiler.CompileAsync(source, fileName, cancellationToken).ConfigureAwait(false);
        if (module is { Error: null, Code: not null, Shape: not null })
        {
            cache.Save(key, module);
        }

        return module;
    }
}
