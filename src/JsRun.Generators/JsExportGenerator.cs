using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace JsRun.Generators;

/// <summary>Writes the implementation of <c>IJsExportable</c> for partial classes with <c>[JsExport]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class JsExportGenerator : IIncrementalGenerator
{
    internal const string Attribute = "JsRun.JsExportAttribute";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var classes = context.SyntaxProvider
            .ForAttributeWithMetadataName(Attribute, static (node, _) => node is ClassDeclarationSyntax or RecordDeclarationSyntax, static (source, _) => ClassReader.Read((INamedTypeSymbol)source.TargetSymbol))
            .WithTrackingName("Classes");
        context.RegisterSourceOutput(classes, static (production, exported) =>
        {
            var sound = true;
            foreach (var problem in exported.Problems)
            {
                var diagnostic = problem.ToDiagnostic();
                sound &= diagnostic.Severity != DiagnosticSeverity.Error;
                production.ReportDiagnostic(diagnostic);
            }

            if (sound)
            {
                production.AddSource(exported.FileName, ExportWriter.Write(exported));
            }
        });

        var strays = context.SyntaxProvider
            .ForAttributeWithMetadataName(Attribute, static (node, _) => node is MemberDeclarationSyntax and not TypeDeclarationSyntax, static (source, _) => FindStray(source.TargetSymbol))
            .Where(static problem => problem is not null);
        context.RegisterSourceOutput(strays, static (production, problem) => production.ReportDiagnostic(problem!.ToDiagnostic()));
    }

    private static Problem? FindStray(ISymbol member) =>
        member.ContainingType is { } type && !ClassReader.IsExported(type) ? Problem.At(Diagnostics.Stray, member, member.Name) : null;
}
