using System.Text.RegularExpressions;
using JsRun.Modules;
using JsRun.Modules.Compilation;

namespace JsRun.Hosting.Tests.Modules;

/// <summary>Knows just enough of modules for graphs: <c>import … 'x' with { type: 'y' }</c>, <c>import('x')</c>, and <c>!!</c> as a syntax error.</summary>
internal sealed partial class FakeModuleCompiler : IModuleCompiler
{
    public List<string> Compiled { get; } = [];

    public ValueTask<CompiledModule> CompileAsync(string source, string fileName, GlobalScope? scope, CancellationToken cancellationToken)
    {
        Compiled.Add(fileName);
        var lines = source.Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            if (lines[index].IndexOf("!!", StringComparison.Ordinal) is >= 0 and var column)
            {
                return ValueTask.FromResult(new CompiledModule { Error = new CompileFailure("Unexpected token", index + 1, column + 1) });
            }
        }

        return ValueTask.FromResult(new CompiledModule
        {
            Code = $"(function* () {{ {source} }})",
            Shape = new ModuleShape { Imports = [.. Requests(lines, Static())], Dynamic = [.. Requests(lines, Dynamic())] },
        });
    }

    private static IEnumerable<ModuleRequest> Requests(string[] lines, Regex pattern) =>
        from line in lines.Index()
        from Match match in pattern.Matches(line.Item)
        let type = match.Groups["type"]
        select new ModuleRequest(match.Groups["specifier"].Value, line.Index + 1, match.Groups["specifier"].Index) { Type = type.Success ? type.Value : null };

    [GeneratedRegex(@"\b(?:import|from) '(?<specifier>[^']*)'(?: with \{ type: '(?<type>\w+)' \})?")]
    private static partial Regex Static();

    [GeneratedRegex(@"\bimport\('(?<specifier>[^']*)'\)")]
    private static partial Regex Dynamic();
}
