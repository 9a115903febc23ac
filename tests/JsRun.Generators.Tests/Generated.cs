using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace JsRun.Generators.Tests;

/// <summary>What the generator makes of a source, and what the compiler says to both.</summary>
internal sealed record Generated(string Text, ImmutableArray<Diagnostic> Diagnostics, ImmutableArray<Diagnostic> Errors)
{
    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Latest);
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(f => Path.GetFileName(f) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll")).Select(f => MetadataReference.CreateFromFile(f)),
        MetadataReference.CreateFromFile(typeof(JsExportAttribute).Assembly.Location),
    ];

    public static Generated From(string source)
    {
        var driver = Driver().RunGeneratorsAndUpdateCompilation(Compile(source), out var compilation, out var diagnostics, TestContext.Current.CancellationToken);
        var text = string.Concat(driver.GetRunResult().GeneratedTrees.Select(t => t.ToString()));
        return new(text, diagnostics, [.. compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity >= DiagnosticSeverity.Warning)]);
    }

    /// <summary>Why each class was, or was not, read anew after something else was added to the compilation.</summary>
    public static IEnumerable<IncrementalStepRunReason> ReasonsAfterUnrelatedChange(string source)
    {
        var compilation = Compile(source);
        var driver = Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        var result = driver.RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated;", Parse, cancellationToken: TestContext.Current.CancellationToken)), TestContext.Current.CancellationToken).GetRunResult();
        return result.Results[0].TrackedSteps["Classes"].SelectMany(s => s.Outputs).Select(o => o.Reason);
    }

    private static CSharpCompilation Compile(string source) => CSharpCompilation.Create(
        "Source",
        [CSharpSyntaxTree.ParseText("using System; using System.Threading; using System.Threading.Tasks; using JsRun;\n" + source, Parse, "Source.cs", cancellationToken: TestContext.Current.CancellationToken)],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));

    private static CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new JsExportGenerator().AsSourceGenerator()],
        parseOptions: Parse,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
