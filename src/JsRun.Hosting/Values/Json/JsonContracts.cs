using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace JsRun.Values.Json;

/// <summary>One set of options of System.Text.Json, made ready: as given for what is sent, with converters for the values of JavaScript for what is read. Thread-safe.</summary>
internal sealed class JsonContracts
{
    private static readonly Lock Making = new();
    private static readonly ConditionalWeakTable<JsonSerializerOptions, JsonContracts> Known = [];

    private readonly ConcurrentDictionary<Type, bool> _converted = new();
    private readonly ConcurrentDictionary<Type, Type> _ancestors = new();

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The resolver that reads types by reflection is only asked for if the application has it.")]
    private JsonContracts(JsonSerializerOptions options)
    {
        // Options that nobody has used yet have no resolver: they get the one that JsonSerializer would give them.
        lock (Making)
        {
            if (!JsonSerializer.IsReflectionEnabledByDefault && !options.IsReadOnly)
            {
                // Trimmed applications have no such resolver: values that need no contract cross all the same.
                options.TypeInfoResolver ??= JsonTypeInfoResolver.Combine();
            }

            options.MakeReadOnly(populateMissingResolver: JsonSerializer.IsReflectionEnabledByDefault);
        }

        Sent = options;
        Read = ReadOptions.Create(options);
        HasConverters = options.Converters.Count > 0;
        IgnoresCycles = options.ReferenceHandler == ReferenceHandler.IgnoreCycles;
    }

    /// <summary>The options as given.</summary>
    public JsonSerializerOptions Sent { get; }

    /// <summary>The options that the JSON of JavaScript's values is read with.</summary>
    public JsonSerializerOptions Read { get; }

    /// <summary>Gets whether the options have converters.</summary>
    public bool HasConverters { get; }

    /// <summary>Gets whether what holds itself is <c>null</c>.</summary>
    public bool IgnoresCycles { get; }

    public static JsonContracts Of(JsonSerializerOptions options) => Known.GetValue(options, static o => new JsonContracts(o));

    /// <summary>The type by whose contract an object is sent if nothing is declared: its own, or the polymorphic one that it derives from, which tells it apart from the others.</summary>
    public Type ContractFor(Type type) => _ancestors.GetOrAdd(type, static (t, contracts) => contracts.FindPolymorphic(t) ?? t, this);

    /// <summary>Returns whether the options have a converter for a type.</summary>
    public bool HasConverter(Type type) => HasConverters && _converted.GetOrAdd(type, static (t, options) => options.Converters.Any(c => c.CanConvert(t)), Sent);

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Interfaces that are used stay on the types that have them; nobody can have the value as one that was trimmed away.")]
    private Type? FindPolymorphic(Type type)
    {
        for (var t = type; t is not null && t != typeof(object); t = t.BaseType)
        {
            if (IsPolymorphic(t))
            {
                return t;
            }
        }

        return type.GetInterfaces().Where(IsPolymorphic).Take(2).ToArray() is [var only] ? only : null;
    }

    private bool IsPolymorphic(Type type) => Sent.TryGetTypeInfo(type, out var contract) && contract.PolymorphismOptions?.DerivedTypes.Count > 0;
}
