using Microsoft.CodeAnalysis;

namespace JsRun.Generators;

/// <summary>Reads one method or property.</summary>
internal static class MemberReader
{
    private const string Ignore = "JsRun.JsIgnoreAttribute";

    /// <summary>Whether it is to be exported: public and of an instance, or named by the attribute.</summary>
    public static bool IsMeant(ISymbol member, bool inherited)
    {
        if (member is not (IMethodSymbol { MethodKind: MethodKind.Ordinary } or IPropertySymbol) || member.IsImplicitlyDeclared
            || member.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == Ignore))
        {
            return false;
        }

        if (ClassReader.IsExported(member))
        {
            return !inherited || member.DeclaredAccessibility != Accessibility.Private;
        }

        return member.DeclaredAccessibility == Accessibility.Public && !member.IsStatic && !IsOfObject(member) && member.Name is not ("Dispose" or "DisposeAsync");
    }

    public static ExportedMember? Read(ISymbol member, List<Problem> problems)
    {
        var name = ClassReader.AttributeOf(member)?.ConstructorArguments.FirstOrDefault().Value as string ?? CamelCase(member.Name);
        var target = (member.IsStatic ? member.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) : "this") + "." + ClassReader.Escape(member.Name);
        return member is IMethodSymbol method ? ReadMethod(method, name, target, problems) : ReadProperty((IPropertySymbol)member, name, target, problems);
    }

    private static ExportedMember? ReadMethod(IMethodSymbol method, string name, string target, List<Problem> problems)
    {
        if (method.IsGenericMethod)
        {
            problems.Add(Problem.At(Diagnostics.Generic, method, method.Name));
            return null;
        }

        if (method.IsAsync && method.ReturnsVoid)
        {
            problems.Add(Problem.At(Diagnostics.AsyncVoid, method, method.Name));
            return null;
        }

        var sound = true;
        foreach (var parameter in method.Parameters.Where(p => p.RefKind != RefKind.None || !CanCross(p.Type)))
        {
            problems.Add(Problem.At(Diagnostics.Parameter, parameter, method.Name, parameter.Name));
            sound = false;
        }

        var (kind, type) = ReadResult(method.ReturnType);
        if (method.ReturnsByRef || method.ReturnsByRefReadonly || (!method.ReturnsVoid && !CanCross(method.ReturnType)))
        {
            problems.Add(Problem.At(Diagnostics.Result, method, method.Name));
            sound = false;
        }

        return sound ? new(name, target, method.ReturnsVoid ? MemberKind.Action : kind, type, new(ParameterReader.Read(method.Parameters)), "") : null;
    }

    private static ExportedMember? ReadProperty(IPropertySymbol property, string name, string target, List<Problem> problems)
    {
        if (property.IsIndexer || property.GetMethod is not { } get || !(get.DeclaredAccessibility == Accessibility.Public || ClassReader.IsExported(property)))
        {
            problems.Add(Problem.At(Diagnostics.Property, property, property.IsIndexer ? "this[]" : property.Name, property.IsIndexer ? "is an indexer" : "cannot be read"));
            return null;
        }

        if (property.ReturnsByRef || property.ReturnsByRefReadonly || !CanCross(property.Type))
        {
            problems.Add(Problem.At(Diagnostics.Result, property, property.Name));
            return null;
        }

        var canSet = property.SetMethod is { IsInitOnly: false } set && (set.DeclaredAccessibility == Accessibility.Public || ClassReader.IsExported(property));
        return new(name, target, MemberKind.Property, TypeName(property.Type), default, canSet ? ParameterReader.ReadValue(property.Type) : "");
    }

    private static (MemberKind Kind, string Type) ReadResult(ITypeSymbol type)
    {
        var kind = type.ContainingNamespace?.ToDisplayString() != "System.Threading.Tasks" ? MemberKind.Function
            : type.Name == "Task" ? MemberKind.Task
            : type.Name == "ValueTask" ? MemberKind.ValueTask
            : MemberKind.Function;
        return (kind, kind == MemberKind.Function ? TypeName(type) : type is INamedTypeSymbol { TypeArguments: { Length: 1 } values } ? TypeName(values[0]) : "");
    }

    private static bool CanCross(ITypeSymbol type) => !type.IsRefLikeType && type.TypeKind is not (TypeKind.Pointer or TypeKind.FunctionPointer);

    /// <summary>Whether it is <c>ToString</c>, <c>Equals</c> or <c>GetHashCode</c>, overridden.</summary>
    private static bool IsOfObject(ISymbol member)
    {
        for (var method = member as IMethodSymbol; method is not null; method = method.OverriddenMethod)
        {
            if (method.ContainingType.SpecialType is SpecialType.System_Object)
            {
                return true;
            }
        }

        return false;
    }

    private static string TypeName(ITypeSymbol type) =>
        type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));

    /// <summary>As System.Text.Json has it: <c>Add</c> is <c>add</c>, <c>URLOf</c> is <c>urlOf</c>, <c>ID</c> is <c>id</c>.</summary>
    private static string CamelCase(string name)
    {
        var letters = name.ToCharArray();
        for (var i = 0; i < letters.Length && char.IsUpper(letters[i]); i++)
        {
            if (i > 0 && i + 1 < letters.Length && !char.IsUpper(letters[i + 1]))
            {
                break;
            }

            letters[i] = char.ToLowerInvariant(letters[i]);
        }

        return new string(letters);
    }
}
