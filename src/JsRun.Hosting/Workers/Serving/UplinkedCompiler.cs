using JsRun.Engine.Isolates;
using JsRun.Modules.Compilation;

namespace JsRun.Workers.Serving;

/// <summary>In a worker: has the host compile modules, which it keeps for the next process. Thread-safe.</summary>
/// <param name="uplink">The connection to the host.</param>
/// <param name="own">Compiles what the host does not.</param>
internal sealed class UplinkedCompiler(WorkerUplink uplink, V8ModuleCompiler own) : IModuleCompiler, IDisposable
{
    // Fewer than the host has places for.
    private readonly SemaphoreSlim _places = new(MostAtOnce / 2);

    /// <summary>The number of calls of one worker that the host has places for.</summary>
    public const int MostAtOnce = 8;

    public async ValueTask<CompiledModule> CompileAsync(string source, string fileName, GlobalScope? scope, CancellationToken cancellationToken)
    {
        var broker = await uplink.Connected.WaitAsync(cancellationToken).ConfigureAwait(false);
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var report = await broker.CompileAsync(new CompileOrder(source, fileName, scope), cancellationToken).ConfigureAwait(false);
            if (report.Error is { } error)
            {
                return new CompiledModule { Error = error };
            }

            if (report.Module is { } bytes && CompiledModuleFile.Read(CompiledModuleCache.KeyOf(source, fileName, scope), bytes) is { } module)
            {
                return module;
            }
        }
        catch (Exception e) when (e is StreamJsonRpc.RemoteRpcException or ObjectDisposedException or IOException)
        {
            // What went wrong there is in its log, or goes wrong here as well.
        }
        finally
        {
            _places.Release();
        }

        return await own.CompileAsync(source, fileName, scope, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _places.Dispose();
}
