using System.Text;
using JsRun.Modules.Compilation;

namespace JsRun.Workers.Brokering;

/// <summary>Compiles modules for workers, and keeps what it has compiled: a process that has just started gets its modules from there. Thread-safe.</summary>
internal sealed class BrokeredCompiler(CachedModuleCompiler compiler)
{
    public async Task<CompileReport> CompileAsync(CompileOrder order, CancellationToken cancellationToken)
    {
        // The key is computed here: a worker cannot put its code in the place of another's.
        var key = CompiledModuleCache.KeyOf(order.Source, order.FileName, order.Scope);
        var module = await compiler.CompileAsync(order.Source, order.FileName, order.Scope, cancellationToken).ConfigureAwait(false);
        if (module.Error is { } error)
        {
            return new CompileReport(null, error);
        }

        try
        {
            return new CompileReport(CompiledModuleFile.Write(key, module), null);
        }
        catch (EncoderFallbackException)
        {
            // Half of a surrogate pair: the worker compiles it.
            return new CompileReport(null, null);
        }
    }
}
