using System.Text.Json;
using JsRun.Cli.Testing;

namespace JsRun.Cli.Repl;

/// <summary>One session of the prompt: what is entered is evaluated in one runtime.</summary>
internal sealed class ReplSession(IJsRuntime runtime)
{
    public async Task StartAsync(CancellationToken cancellationToken) => await runtime.EvaluateAsync(EmbeddedScripts.Repl, new JsEvaluateOptions { FileName = "jsrun:repl" }, cancellationToken);

    /// <summary>Returns whether more lines may complete the text.</summary>
    public ValueTask<bool> IsIncompleteAsync(string code, CancellationToken cancellationToken) =>
        runtime.EvaluateAsync<bool>($"$repl.isIncomplete({Quote(code)})", cancellationToken);

    /// <summary>Evaluates a text.</summary>
    /// <returns>The value as text, or <see langword="null"/> for <c>undefined</c>.</returns>
    /// <exception cref="JsRunException">It failed.</exception>
    public async ValueTask<string?> EvaluateAsync(string code, CancellationToken cancellationToken)
    {
        var script = await runtime.EvaluateAsync<string>($"$repl.prepare({Quote(code)})", cancellationToken);
        return string.IsNullOrEmpty(script) ? null : await runtime.EvaluateAsync(script, new JsEvaluateOptions { FileName = "repl.js" }, cancellationToken) as string;
    }

    /// <summary>Returns the names that a text may go on with, and where in it they begin.</summary>
    public async ValueTask<ReplCompletion> CompleteAsync(string text, CancellationToken cancellationToken) =>
        await runtime.EvaluateAsync<ReplCompletion>($"$repl.complete({Quote(text)})", cancellationToken) ?? new ReplCompletion(text.Length, []);

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
