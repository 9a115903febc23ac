using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Scripts;

namespace JsRun.Runtimes;

/// <summary>Evaluates modules for one runtime.</summary>
internal sealed class RuntimeImports(RuntimeModules modules, RuntimeExecutor executor)
{
    public async ValueTask RunAsync(string path, string? root, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var graph = await modules.BuildAsync(path, root, cancellationToken).ConfigureAwait(false);
        await executor.RunAsync(
            JsExecutionKind.ImportAsync,
            graph.EntryUrl,
            (context, operation) =>
            {
                if (context.AddModules(operation, graph))
                {
                    context.Enter(operation, EntryOp.EvaluateModule, operation.Id, graph.EntryUrl);
                }
            },
            null,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is wrong with the call itself is thrown at once, not by what is awaited.</summary>
    public ValueTask<JsModuleNamespace> ImportAsync(string specifier, JsImportOptions? options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(specifier);
        executor.Fate.ThrowIfEnded();
        var limit = new TimeLimit(JsExecutionKind.ImportAsync, options?.Timeout ?? executor.Timeout, executor.Isolate.Services.Time, cancellationToken);
        return ImportAsync(specifier, options?.Type, limit, token => modules.CollectAsync(new JsModuleRequest { Specifier = specifier, Type = options?.Type }, synchronous: false, token));
    }

    public ValueTask<JsModuleNamespace> ImportFileAsync(string path, string? root, JsImportOptions? options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (options?.Type is not null)
        {
            throw new NotSupportedException($"{nameof(IJsRuntime.ImportFileAsync)} imports modules of code: read a file of data in .NET, or import it by a loader.");
        }

        executor.Fate.ThrowIfEnded();
        var limit = new TimeLimit(JsExecutionKind.ImportAsync, options?.Timeout ?? executor.Timeout, executor.Isolate.Services.Time, cancellationToken);
        return ImportAsync(path, null, limit, token => modules.BuildAsync(path, root, token));
    }

    public JsModuleNamespace Import(string specifier, JsImportOptions? options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(specifier);
        executor.Fate.ThrowIfEnded();
        var type = options?.Type;
        using var limit = new TimeLimit(JsExecutionKind.Import, options?.Timeout ?? executor.Timeout, executor.Isolate.Services.Time, cancellationToken);
        return limit.RunAsync(
            specifier,
            token =>
            {
                // Whatever there is to wait for is waited for here: no other thread has a part in it, but the compiler's and the isolate's.
                var graph = modules.CollectAsync(new JsModuleRequest { Specifier = specifier, Type = type }, synchronous: true, token).AsTask().GetAwaiter().GetResult();
                var exports = executor.Run(JsExecutionKind.Import, graph.EntryUrl, Import(graph, type), Timeout.InfiniteTimeSpan, token);
                return ValueTask.FromResult(new JsModuleNamespace(graph.EntryUrl, (Dictionary<string, object?>)exports!));
            }).AsTask().GetAwaiter().GetResult();
    }

    private async ValueTask<JsModuleNamespace> ImportAsync(string name, string? type, TimeLimit timeLimit, Func<CancellationToken, ValueTask<ScriptGraph>> load)
    {
        using var limit = timeLimit;
        return await limit.RunAsync(
            name,
            async token =>
            {
                var graph = await load(token).ConfigureAwait(false);
                // The limit counts the loading too.
                var exports = await executor.RunAsync(JsExecutionKind.ImportAsync, graph.EntryUrl, Import(graph, type), Timeout.InfiniteTimeSpan, token).ConfigureAwait(false);
                return new JsModuleNamespace(graph.EntryUrl, (Dictionary<string, object?>)exports!);
            }).ConfigureAwait(false);
    }

    private static Action<V8Context, EvaluationOperation> Import(ScriptGraph graph, string? type) => (context, operation) =>
    {
        if (context.AddModules(operation, graph))
        {
            context.Enter(operation, EntryOp.ImportModule, operation.Id, graph.EntryUrl, type);
        }
    };
}
