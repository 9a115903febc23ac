using JsRun.Values;

namespace JsRun.Runtimes;

/// <summary>A runtime that can describe a script's value as text, which any value has.</summary>
internal interface ITextRuntime
{
    /// <inheritdoc cref="TextRuntimeExtensions.EvaluateTextAsync"/>
    ValueTask<JsResult> EvaluateTextAsync(string code, string fileName = "script.js", CancellationToken cancellationToken = default);
}
