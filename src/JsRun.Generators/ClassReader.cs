using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace JsRun.Generators;

/// <summary>Reads what a class exports out of the compiler's view of it.</summary>
internal static class ClassReader
{
    public static ExportedClass Read(INamedTypeSymbol type)
    {
        var problems = new List<Problem>();
        if (type.IsStatic)
        {
            problems.Add(Problem.At(Diagnostics.Static, type, type.Name));
        }

        var containers = new List<string>();
        for (var t = type; t is not null; t = t.ContainingType)
        {
            if (!IsPartial(t))
            {
                problems.Add(Problem.At(Diagnostics.NotPartial, type, type.Name));
            }

            if (!ReferenceEquals(t, type))
            {
                containers.Insert(0, Declare(t));
            }
        }

        var members = ReadMembers(type, problems);
        if (members.Count == 0 && problems.Count == 0)
        {
            problems.Add(Problem.At(Diagnostics.Empty, type, type.Name));
        }

        return new(
            type.ContainingNamespace is { IsGlobalNamespace: false } ns ? ns.ToDisplayString() : "",
            new(containers),
            Declare(type),
            $"{type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat).Replace('<', '{').Replace('>', '}').Replace("@", "")}.JsExport.g.cs",
            new(members),
            new(problems));
    }

    public static bool IsExported(ISymbol symbol) => AttributeOf(symbol) is not null;

    public static AttributeData? AttributeOf(ISymbol symbol) => symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == JsExportGenerator.Attribute);

    private static List<ExportedMember> ReadMembers(INamedTypeSymbol type, List<Problem> problems)
    {
        var members = new List<ExportedMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var t = type; t is not null && (ReferenceEquals(t, type) || IsExported(t)); t = t.BaseType)
        {
            var own = new HashSet<string>(StringComparer.Ordinal);
            foreach (var symbol in t.GetMembers().Where(m => MemberReader.IsMeant(m, inherited: !ReferenceEquals(t, type))))
            {
                if (MemberReader.Read(symbol, problems) is not { } member)
                {
                    continue;
                }

                if (!own.Add(member.Name))
                {
                    problems.Add(Problem.At(Diagnostics.Duplicate, symbol, symbol.Name, member.Name));
                }
                else if (names.Add(member.Name))
                {
                    // What a base class has by the same name is overridden, or hidden.
                    members.Add(member);
                }
            }
        }

        return members;
    }

    private static bool IsPartial(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(m => m.IsKind(SyntaxKind.PartialKeyword)));

    private static string Declare(INamedTypeSymbol type)
    {
        var kind = (type.IsRecord, type.TypeKind) switch
        {
            (true, TypeKind.Struct) => "record struct",
            (true, _) => "record",
            (_, TypeKind.Struct) => "struct",
            (_, TypeKind.Interface) => "interface",
            _ => "class",
        };
        var arguments = type.TypeParameters.Length == 0 ? "" : $"<{string.Join(", ", type.TypeParameters.Select(p => p.Name))}>";
        return $"partial {kind} {Escape(type.Name)}{arguments}";
    }

    public static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;
}
