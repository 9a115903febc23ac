using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace JsRun.Values.Json;

/// <summary>Tuples, which are arrays in JavaScript.</summary>
internal sealed class TupleConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.IsAssignableTo(typeof(ITuple)) && TypeShape.Of(typeToConvert).Items.Count > 0;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(TupleConverter<>).MakeGenericType(typeToConvert))!;
}
