using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace JsRun.Values.Json;

/// <inheritdoc cref="TupleConverterFactory"/>
internal sealed class TupleConverter<T> : JsonConverter<T>
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray || (HandleScope.Current?.TryFind(ref reader, out var found) == true && found is JsFunction or JsStream))
        {
            throw new JsonException("The value is not an array, which is what a tuple is in JavaScript.");
        }

        var types = TypeShape.Of(typeof(T)).Items;
        var items = new List<object?>(types.Count);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(items.Count < types.Count ? JsonSerializer.Deserialize(ref reader, options.GetTypeInfo(types[items.Count])) : GraphReader.Read(ref reader));
        }

        return items.Count == types.Count ? (T)Create(typeof(T), items, 0) : throw new JsonException($"It has {items.Count} items, and the tuple {types.Count}.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => throw new NotSupportedException("This converter only reads tuples.");

    // The eighth argument is a tuple of what does not fit.
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,,,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,,,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,,,,,,,>))]
    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "The constructors of all tuples are kept.")]
    private static object Create(Type type, List<object?> items, int from)
    {
        var arguments = type.GetGenericArguments();
        var values = arguments.Length == 8 ? items.Skip(from).Take(7).Append(Create(arguments[7], items, from + 7)) : items.Skip(from).Take(arguments.Length);
        return Activator.CreateInstance(type, [.. values])!;
    }
}
