namespace JsRun.Modules.Compilation;

/// <summary>Compiles each text once: what the compiler made of it is kept on disk, for the processes to come. Mistakes are not kept. Thread-safe.</summary>
internal sealed class CachedModuleCompiler(IModuleCompiler compiler, CompiledModuleCache cache) : IModuleCompiler
{
    public ValueTask<CompiledModule> CompileAsync(string source, string fileName, GlobalScope? scope, CancellationToken cancellationToken)
    {
        var key = CompiledModuleCache.KeyOf(source, fileName, scope);
        return cache.Load(key) is { } known ? ValueTask.FromResult(known) : CompileAsync(key, source, fileName, scope, cancellationToken);
    }

    private async ValueTask<CompiledModule> CompileAsync(string key, string source, string fileName, GlobalScope? scope, CancellationToken cancellationToken)
    {
        var module = await compiler.CompileAsync(source, fileName, scope, cancellationToken).ConfigureAwait(false);
        if (module is { Error: null, Code: not null, Shape: not null })
        {
            cache.Save(key, module);
        }

        return module;
    }
}
