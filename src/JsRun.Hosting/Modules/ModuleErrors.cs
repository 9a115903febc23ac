using System.Text.Json;
using JsRun.Diagnostics;
using JsRun.Modules.Compilation;
using JsRun.Modules.Resolution;
using JsRun.Modules.Sources;

namespace JsRun.Modules;

/// <summary>Errors in modules: what, where, and the lines around it.</summary>
internal static class ModuleErrors
{
    /// <summary>An error at a place of a source.</summary>
    /// <param name="file">The file.</param>
    /// <param name="url">Its module's URL.</param>
    /// <param name="line">The line, from 1; 0 where there are none.</param>
    /// <param name="column">The column, from 1.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="cause">The exception that caused it.</param>
    /// <param name="isSyntax">Whether the text itself is at fault, and not what it asks for.</param>
    /// <param name="scriptProblem">What is wrong, for scripts, if they are told less.</param>
    public static JsModuleException At(SourceFile file, string url, int line, int column, string problem, Exception? cause = null, bool isSyntax = false, string? scriptProblem = null)
    {
        var frame = CodeFrame.Render(file.Text, line, column);
        var place = line > 0 ? $"{ModuleUrl.Show(url)}:{line}:{column}" : ModuleUrl.Show(url);
        return new JsModuleException(Text(problem), cause)
        {
            ScriptMessage = scriptProblem is null ? null : Text(scriptProblem),
            File = file.Path,
            Line = line,
            Column = column,
            IsSyntax = isSyntax,
        };

        string Text(string problem) => frame.Length == 0 ? $"{place}: {problem}" : $"{place}: {problem}\n\n{frame}";
    }

    /// <summary>A resolver or loader of the host's threw. Scripts read its message only if it was meant for them.</summary>
    /// <param name="what">What failed, without a full stop.</param>
    /// <param name="cause">What was thrown.</param>
    public static JsModuleException OfHost(string what, Exception cause) => new($"{what}: {cause.GetType().Name}: {ExceptionText.MessageOf(cause)}", cause)
    {
        ScriptMessage = cause is JsHostException ? $"{what}: {ExceptionText.MessageOf(cause)}" : $"{what}: {cause.GetType().Name}.",
    };

    /// <summary>Finds the first mistake in a JSON text.</summary>
    public static JsModuleException? CheckJson(SourceFile file, string url)
    {
        var reader = new Utf8JsonReader(file.Bytes.Span, new JsonReaderOptions { MaxDepth = 10_000 });
        try
        {
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException exception)
        {
            var message = exception.Message.Split(" LineNumber:", 2)[0];
            return At(file, url, (int)(exception.LineNumber ?? 0) + 1, (int)(exception.BytePositionInLine ?? 0) + 1, $"The module is not valid JSON: {message}", isSyntax: true);
        }
    }
}
