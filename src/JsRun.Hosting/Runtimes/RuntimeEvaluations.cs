using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Values;

namespace JsRun.Runtimes;

/// <summary>Evaluates scripts for one runtime.</summary>
internal sealed class RuntimeEvaluations(RuntimeModules modules, RuntimeExecutor executor)
{
    private static readonly JsEvaluateOptions DefaultEvaluation = new();

    public object? Evaluate(string code, JsEvaluateOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(code);
        var evaluation = options ?? DefaultEvaluation;
        // From another thread than the isolate's, where a script that imports is rewritten.
        var prepared = modules.PrepareAsync(code, evaluation.FileName, cancellationToken).AsTask().GetAwaiter().GetResult();
        return executor.Run(JsExecutionKind.Evaluate, evaluation.FileName, Evaluation(prepared, evaluation, awaits: false), evaluation.Timeout, cancellationToken);
    }

    public ValueTask<object?> EvaluateAsync(string code, JsEvaluateOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(code);
        var evaluation = options ?? DefaultEvaluation;
        var preparation = modules.PrepareAsync(code, evaluation.FileName, cancellationToken);
        return preparation.IsCompletedSuccessfully
            ? executor.RunAsync(JsExecutionKind.EvaluateAsync, evaluation.FileName, Evaluation(preparation.Result, evaluation, awaits: true), evaluation.Timeout, cancellationToken)
            : EvaluatePreparedAsync(preparation, evaluation, cancellationToken);
    }

    public async ValueTask<JsResult> EvaluateTextAsync(string code, string fileName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        var prepared = await modules.PrepareAsync(code, fileName, cancellationToken).ConfigureAwait(false);
        return (JsResult)(await executor.RunAsync(
            JsExecutionKind.EvaluateAsync,
            fileName,
            (context, operation) => context.Enter(operation, EntryOp.Evaluate, operation.Id, prepared, fileName),
            null,
            cancellationToken).ConfigureAwait(false))!;
    }

    private async ValueTask<object?> EvaluatePreparedAsync(ValueTask<string> preparation, JsEvaluateOptions options, CancellationToken cancellationToken)
    {
        var code = await preparation.ConfigureAwait(false);
        return await executor.RunAsync(JsExecutionKind.EvaluateAsync, options.FileName, Evaluation(code, options, awaits: true), options.Timeout, cancellationToken).ConfigureAwait(false);
    }

    private static Action<V8Context, EvaluationOperation> Evaluation(string code, JsEvaluateOptions options, bool awaits) => (context, operation) =>
        context.Enter(operation, EntryOp.EvaluateValue, operation.Id, code, options.FileName, awaits, options.TopLevelAwait);
}
