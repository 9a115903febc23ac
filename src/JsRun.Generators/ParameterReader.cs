using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace JsRun.Generators;

/// <summary>Writes the expressions that read a method's parameters out of a call.</summary>
internal static class ParameterReader
{
    public static List<string> Read(IEnumerable<IParameterSymbol> parameters)
    {
        var expressions = new List<string>();
        var index = 0;
        foreach (var parameter in parameters)
        {
            expressions.Add(ReadInjected(parameter.Type) ?? ReadArgument(parameter, index++));
        }

        return expressions;
    }

    /// <summary>What a property is set to: the call's first argument.</summary>
    public static string ReadValue(ITypeSymbol type) => ReadOne(type, isOptional: false, fallback: "", index: 0, name: "value");

    private static string? ReadInjected(ITypeSymbol type) => type.ToDisplayString() switch
    {
        "JsRun.JsHostCall" => "call",
        "System.Threading.CancellationToken" => "call.CancellationToken",
        "JsRun.IJsRuntime" or "JsRun.IJsRuntime?" => "call.Runtime!",
        _ => null,
    };

    private static string ReadArgument(IParameterSymbol parameter, int index)
    {
        if (parameter.IsParams && parameter.Type is IArrayTypeSymbol { Rank: 1, ElementType: var element })
        {
            return $"call.GetRemainingArguments<{Name(element)}>({index}, {Literal(parameter.Name)})";
        }

        return ReadOne(parameter.Type, parameter.HasExplicitDefaultValue, parameter.HasExplicitDefaultValue ? Default(parameter) : "", index, parameter.Name);
    }

    private static string ReadOne(ITypeSymbol type, bool isOptional, string fallback, int index, string name)
    {
        var isNullable = type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T || (!type.IsValueType && type.NullableAnnotation != NullableAnnotation.NotAnnotated);
        var start = $"<{Name(type)}>({index}, {Literal(name)}";
        return !isOptional && !isNullable ? $"call.GetArgument{start})" : $"call.GetArgumentOrDefault{start}{(fallback.Length == 0 ? "" : ", " + fallback)}){(isNullable ? "" : "!")}";
    }

    private static string Default(IParameterSymbol parameter)
    {
        if (parameter.ExplicitDefaultValue is not { } value)
        {
            return "";
        }

        var type = Name(parameter.Type);
        return value switch
        {
            double.NaN => "double.NaN",
            double.PositiveInfinity => "double.PositiveInfinity",
            double.NegativeInfinity => "double.NegativeInfinity",
            float.NaN => "float.NaN",
            float.PositiveInfinity => "float.PositiveInfinity",
            float.NegativeInfinity => "float.NegativeInfinity",
            decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
            float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
            string text => Literal(text),
            _ => $"({type})({SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)})",
        };
    }

    /// <summary>The type without the question mark of a reference type, which a type argument here does not take.</summary>
    private static string Name(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(type.IsValueType ? SymbolDisplayFormat.FullyQualifiedFormat : SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
