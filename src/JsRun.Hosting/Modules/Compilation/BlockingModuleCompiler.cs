namespace JsRun.Modules.Compilation;

/// <summary>Waits for the compiler, which has an isolate of its own, on the calling thread: for synchronous imports, which then never leave that thread.</summary>
internal sealed class BlockingModuleCompiler(IModuleCompiler compiler) : IModuleCompiler
{
    public ValueTask<CompiledModule> CompileAsync(string source, string fileName, GlobalScope? scope, CancellationToken cancellationToken) =>
        ValueTask.FromResult(compiler.CompileAsync(source, fileName, scope, cancellationToken).AsTask().GetAwaiter().GetResult());
}
