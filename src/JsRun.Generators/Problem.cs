using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace JsRun.Generators;

/// <summary>Something to report, in a form that can be compared from one run to the next.</summary>
internal sealed record Problem(string Id, string Path, TextSpan Span, LinePositionSpan Lines, string Subject, string Detail)
{
    public static Problem At(DiagnosticDescriptor descriptor, ISymbol symbol, string subject, string detail = "")
    {
        var location = symbol.Locations.FirstOrDefault(l => l.IsInSource) ?? Location.None;
        return new(descriptor.Id, location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span, subject, detail);
    }

    public Diagnostic ToDiagnostic() => Diagnostic.Create(Diagnostics.Find(Id), Path.Length == 0 ? Location.None : Location.Create(Path, Span, Lines), Subject, Detail);
}
