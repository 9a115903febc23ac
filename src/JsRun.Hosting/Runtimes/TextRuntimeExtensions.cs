using JsRun.Values;

namespace JsRun.Runtimes;

internal static class TextRuntimeExtensions
{
    /// <summary>Runs a classic script and describes its completion value as text, awaited if it is a promise.</summary>
    public static ValueTask<JsResult> EvaluateTextAsync(this IJsRuntime runtime, string code, string fileName = "script.js", CancellationToken cancellationToken = default) =>
        ((ITextRuntime)runtime).EvaluateTextAsync(code, fileName, cancellationToken);
}
