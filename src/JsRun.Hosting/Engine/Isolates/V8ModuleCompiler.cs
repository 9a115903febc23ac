using JsRun.Engine.Operations;
using JsRun.Engine.Scripts;
using JsRun.Modules.Compilation;
using JsRun.Scheduling;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;

namespace JsRun.Engine.Isolates;

/// <summary>
/// The module compiler in an isolate of its own, so that it shares nothing with any function. It is made when it is first needed, and ends when it has been idle for a while.
/// Thread-safe.
/// </summary>
internal sealed class V8ModuleCompiler(IsolateServices services) : IModuleCompiler, IScriptRewriter, IAsyncDisposable
{
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CpuLimit = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private V8Isolate? _isolate;
    private ScriptObject? _compile;
    private ScriptObject? _rewrite;
    private V8ScriptEngine? _engine;
    private bool _hasTypeScript;
    private ITimer? _idle;
    private int _disposed;

    /// <exception cref="JsModuleException">The compiler itself failed: it ran out of time or memory.</exception>
    public async ValueTask<CompiledModule> CompileAsync(string source, string fileName, GlobalScope? scope, CancellationToken cancellationToken) =>
        CompiledModule.Parse(await RunAsync(fileName, isolate =>
        {
            if (TypeScriptFiles.Contains(fileName))
            {
                PrepareTypeScript(isolate);
            }

            return (string)_compile!.Invoke(false, source, fileName, scope is null ? -1 : (int)scope);
        }, cancellationToken).ConfigureAwait(false));

    /// <exception cref="JsModuleException">The compiler itself failed: it ran out of time or memory.</exception>
    public async ValueTask<string> RewriteAsync(string code, string fileName, int script, CancellationToken cancellationToken)
    {
        var rewritten = await RunAsync(fileName, _ => (string)_rewrite!.Invoke(false, code, script), cancellationToken).ConfigureAwait(false);
        return rewritten.Length == 0 ? code : rewritten;
    }

    private async ValueTask<string> RunAsync(string fileName, Func<V8Isolate, string> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _idle ??= services.Time.CreateGuardedTimer(this, compiler => compiler.EndAsync().Forget(services.Logger), Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            var isolate = _isolate is { IsLost: false } ? _isolate : await StartAsync().ConfigureAwait(false);
            var job = new CompilerJob(this, isolate, fileName, work);
            isolate.Post(job);
            return await job.Result.ConfigureAwait(false);
        }
        finally
        {
            _idle?.Change(IdleTimeout, Timeout.InfiniteTimeSpan);
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A container disposes of a service once for each of its names.
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await EndAsync().ConfigureAwait(false);
        _idle?.Dispose();
        _gate.Dispose();
    }

    private async Task<V8Isolate> StartAsync()
    {
        var isolate = new V8Isolate(new IsolateSettings("jsrun-compiler", 512L << 20, 64L << 20, 900 << 10), services);
        await isolate.StartAsync().ConfigureAwait(false);
        return _isolate = isolate;
    }

    private async Task EndAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_isolate is { } isolate)
            {
                _isolate = null;
                _compile = null;
                await isolate.StopAsync(interrupt: true).ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Prepare(V8Isolate isolate)
    {
        if (_compile is not null)
        {
            return;
        }

        var engine = isolate.Engines.CreateBare();
        engine.Execute(isolate.Scripts.Get(Bundles.Compiler));
        _rewrite = (ScriptObject)engine.Evaluate("globalThis.__jsrunRewriteScript");
        _compile = (ScriptObject)engine.Evaluate("globalThis.__jsrunCompile");
        _engine = engine;
        _hasTypeScript = false;
    }

    private void PrepareTypeScript(V8Isolate isolate)
    {
        if (!_hasTypeScript)
        {
            _engine!.Execute(isolate.Scripts.Get(Bundles.TypeScript));
            _hasTypeScript = true;
        }
    }

    /// <summary>One module or script: its text is data to the compiler, and is never run.</summary>
    private sealed class CompilerJob(V8ModuleCompiler compiler, V8Isolate isolate, string fileName, Func<V8Isolate, string> work) : IWorkItem
    {
        private readonly TaskCompletionSource<string> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Result => _result.Task;

        public void Run()
        {
            var operation = new StartupOperation($"compile {fileName}") { CpuLimit = CpuLimit };
            try
            {
                _result.TrySetResult(isolate.Entries.Guard(operation, () =>
                {
                    compiler.Prepare(isolate);
                    return work(isolate);
                }));
                if (Bundles.Compiler.Cache is null)
                {
                    isolate.Scripts.TakeCodeCache(Bundles.Compiler);
                }

                if (compiler._hasTypeScript && Bundles.TypeScript.Cache is null)
                {
                    isolate.Scripts.TakeCodeCache(Bundles.TypeScript);
                }
            }
            catch (Exception e) when (e is ScriptEngineException or ScriptInterruptedException)
            {
                compiler._isolate = null;
                compiler._compile = null;
                _ = isolate.StopAsync(interrupt: false);
                _result.TrySetException(new JsModuleException($"{fileName}: the compiler failed: {e.Message}", e));
            }
        }

        public void Drop() => _result.TrySetException(new JsModuleException($"{fileName}: the compiler was stopped."));
    }
}
