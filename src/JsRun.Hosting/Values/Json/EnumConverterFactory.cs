using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace JsRun.Values.Json;

/// <summary>Enums as members: <see cref="EnumReader"/>'s rules, and the names that a contract gives them. What has a converter of its own keeps it.</summary>
/// <param name="given">The options as they were given.</param>
internal sealed class EnumConverterFactory(JsonSerializerOptions given) : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum && !typeToConvert.IsDefined(typeof(JsonConverterAttribute), inherit: false);

    [UnconditionalSuppressMessage("Trimming", "IL2071", Justification = "Enums have no constructors.")]
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(EnumConverter<>).MakeGenericType(typeToConvert), given.TryGetTypeInfo(typeToConvert, out var contract) ? contract.Converter : null)!;
}
