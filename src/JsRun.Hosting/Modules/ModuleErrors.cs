using System.Text.Json;

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
    public static JsModuleException At(SourceFile file, string url, int line, int column, string problem, Exception? cause = null, bool isSyntax = false)
    {
        var frame = CodeFrame.Render(file.Text, line, column);
        var place = line > 0 ? $"{ModuleUrl.Show(url)}:{line}:{column}" : ModuleUrl.Show(url);
        return new JsModuleException(frame.Length == 0 ? $"{place}: {problem}" : $"{place}: {problem}\n\n{frame}", cause)
        {
            File = file.Path,
            Line = line,
            Column = column,
            IsSyntax = isSyntax,
        };
    }

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
            return At(file, url, (int)(exception.LineNumber ?? 0) + 1, (int)(exception.BytePositionInLine ?? 0) + 1, $"The module is no valid JSON: {message}", isSyntax: true);
        }
    }
}
