using JsRun.AspNetCore.Endpoints;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Deployment;

/// <summary>Says in the log what became of a source's files: each mistake once, and a summary whenever it changes. Not thread-safe.</summary>
internal sealed class SourceReport(string source, ILogger logger)
{
    private const int MostNames = 10;

    private HashSet<string> _told = new(StringComparer.Ordinal);
    private (int, int, string)? _summary;

    public void Tell(IReadOnlyList<MappedFunction> functions)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var function in functions)
        {
            // Why a deployment failed is logged by JsRun.Hosting.
            var mistake = function.Function is { State: EdgeFunctionState.Library } library ? library.Error : null;
            if ((function.Problem ?? mistake) is { } text && told.Add(text) && !_told.Contains(text))
            {
                if (function.Problem is null)
                {
                    logger.ServesNothing(function.Route, text);
                }
                else
                {
                    logger.NotRouted(text);
                }
            }
        }

        _told = told;
        Summarise(functions);
    }

    private void Summarise(IReadOnlyList<MappedFunction> functions)
    {
        var failed = functions.Count(f => f.State == EdgeFunctionState.Failed);
        var libraries = functions.Where(f => f.State == EdgeFunctionState.Library).Select(f => f.File).ToList();
        var summary = (functions.Count - failed - libraries.Count, failed, string.Join(", ", libraries.Take(MostNames)) + (libraries.Count > MostNames ? $" and {libraries.Count - MostNames} more" : ""));
        if (summary == _summary)
        {
            return;
        }

        _summary = summary;
        if (functions.Count == 0)
        {
            logger.NoFunctions(source);
        }
        else if (libraries.Count == 0)
        {
            logger.Summary(summary.Item1, source, failed);
        }
        else
        {
            logger.SummaryWithLibraries(summary.Item1, source, failed, libraries.Count, summary.Item3);
        }
    }
}
