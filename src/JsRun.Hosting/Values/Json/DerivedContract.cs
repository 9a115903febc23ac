using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace JsRun.Values.Json;

/// <summary>Finds which of a polymorphic contract's types an object is, as System.Text.Json does.</summary>
internal static class DerivedContract
{
    /// <exception cref="NotSupportedException">It is of none of them.</exception>
    public static JsonDerivedType Find(JsonTypeInfo declared, JsonPolymorphismOptions options, Type actual) =>
        Exact(options, actual) ?? options.UnknownDerivedTypeHandling switch
        {
            _ when actual == declared.Type => new JsonDerivedType(declared.Type),
            JsonUnknownDerivedTypeHandling.FallBackToBaseType => Exact(options, declared.Type),
            JsonUnknownDerivedTypeHandling.FallBackToNearestAncestor => Nearest(declared, options, actual),
            _ => throw new NotSupportedException($"{actual} is not one of the derived types of {declared.Type}: add [JsonDerivedType(typeof({actual.Name}))]."),
        } ?? new JsonDerivedType(declared.Type);

    private static JsonDerivedType? Exact(JsonPolymorphismOptions options, Type type)
    {
        foreach (var derived in options.DerivedTypes)
        {
            if (derived.DerivedType == type)
            {
                return derived;
            }
        }

        return null;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Interfaces that are used stay on the types that have them; nobody can have the value as one that was trimmed away.")]
    private static JsonDerivedType? Nearest(JsonTypeInfo declared, JsonPolymorphismOptions options, Type actual)
    {
        for (var type = actual.BaseType; type is not null && type.IsAssignableTo(declared.Type); type = type.BaseType)
        {
            if (Exact(options, type) is { } found)
            {
                return found;
            }
        }

        var interfaces = actual.GetInterfaces().Select(i => Exact(options, i)).OfType<JsonDerivedType>().ToArray();
        return interfaces.Length <= 1 ? interfaces.Select(static i => (JsonDerivedType?)i).FirstOrDefault()
            : throw new NotSupportedException($"{actual} is several of the derived types of {declared.Type}: {string.Join(", ", interfaces.Select(static i => i.DerivedType.Name))}.");
    }
}
