using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace JsRun.Values.Json;

/// <summary>A member of a contract that can be sent, and under which conditions it is.</summary>
internal sealed class ContractMember
{
    private static readonly ConditionalWeakTable<JsonTypeInfo, ContractMember[]> Known = [];

    private readonly JsonPropertyInfo _property;
    private readonly JsonIgnoreCondition _ignore;
    private readonly object? _default;

    private ContractMember(JsonTypeInfo contract, JsonPropertyInfo property)
    {
        _property = property;
        // What is said of the property itself stands in ShouldSerialize.
        _ignore = property.ShouldSerialize is null ? property.Options.DefaultIgnoreCondition : JsonIgnoreCondition.Never;
        _default = DefaultValue.Of(property.PropertyType);
        NumbersAsText = ((property.NumberHandling ?? contract.NumberHandling ?? property.Options.NumberHandling) & JsonNumberHandling.WriteAsString) != 0;
        Options = property.CustomConverter is { } converter ? With(property.Options, converter) : null;
    }

    public string Name => _property.Name;

    /// <summary>What it is declared as.</summary>
    public Type Type => _property.PropertyType;

    public bool IsExtensionData => _property.IsExtensionData;

    /// <summary>Gets whether numbers in it are sent as strings.</summary>
    public bool NumbersAsText { get; }

    /// <summary>The options that hold the member's own converter; <see langword="null"/> if it has none.</summary>
    public JsonSerializerOptions? Options { get; }

    public static ContractMember[] Of(JsonTypeInfo contract) => Known.GetValue(contract, static c => [.. c.Properties.Where(IsSent).Select(p => new ContractMember(c, p))]);

    public object? Get(object owner) => _property.Get!(owner);

    /// <summary>Returns whether the contract leaves the member out.</summary>
    public bool IsIgnored(object owner, object? value) => _property.ShouldSerialize?.Invoke(owner, value) == false || _ignore switch
    {
        JsonIgnoreCondition.WhenWritingNull => value is null,
        JsonIgnoreCondition.WhenWritingDefault => Equals(value, _default),
        _ => false,
    };

    // As System.Text.Json does, collections count as what can be changed.
    private static bool IsSent(JsonPropertyInfo property) => property.Get is not null
        && (property.Set is not null || property.ShouldSerialize is not null || IsCollection(property.PropertyType) || !IgnoresReadOnly(property));

    private static bool IsCollection(Type type) => type != typeof(string) && TypeShape.Of(type).Kind is ValueShape.List or ValueShape.Set or ValueShape.Dictionary;

    private static bool IgnoresReadOnly(JsonPropertyInfo property) => property.AttributeProvider is System.Reflection.FieldInfo ? property.Options.IgnoreReadOnlyFields : property.Options.IgnoreReadOnlyProperties;

    private static JsonSerializerOptions With(JsonSerializerOptions options, JsonConverter converter)
    {
        var own = new JsonSerializerOptions(options);
        own.Converters.Insert(0, converter);
        return own;
    }
}
