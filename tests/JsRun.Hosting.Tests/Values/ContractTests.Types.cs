using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace JsRun.Hosting.Tests.Values;

/// <summary>What is sent.</summary>
public sealed partial class ContractTests
{
    internal interface IUser
    {
        string Name { get; }
    }

    internal class User : IUser
    {
        public string Name { get; set; } = "n";
    }

    internal class Admin : User
    {
        public string PasswordHash { get; set; } = "hash";
    }

    internal sealed class Root : Admin
    {
        public int Level { get; set; } = 1;
    }

    internal sealed class Page
    {
        public User Author { get; set; } = new Admin();
    }

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Dog), "dog")]
    [JsonDerivedType(typeof(Cat), 2)]
    internal abstract record Pet;

    internal sealed record Dog(string Bark) : Pet;

    internal sealed record Cat(int Lives) : Pet;

    internal sealed record Fish : Pet;

    internal sealed class Home
    {
        public Pet? Pet { get; set; }
    }

    [JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToNearestAncestor)]
    [JsonDerivedType(typeof(Square), "square")]
    internal abstract class Shape;

    internal class Square : Shape
    {
        public int Side { get; set; } = 1;
    }

    internal sealed class RoundedSquare : Square
    {
        public int Radius { get; set; } = 2;
    }

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Wild), "wild")]
    internal abstract record Creature;

    internal sealed record Wild(DateTimeOffset At, Func<int> Call) : Creature;

    internal sealed class Numbers
    {
        [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
        public int Whole { get; set; } = 5;

        [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
        public decimal[] Amounts { get; set; } = [1.50m];

        [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
        public Dictionary<string, double?> Map { get; set; } = new() { ["a"] = 1e21, ["b"] = null };

        public int Plain { get; set; } = 7;

        public Strict Inner { get; set; } = new();
    }

    [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
    internal sealed class Strict
    {
        public long Id { get; set; } = 9007199254740993;
    }

    internal sealed class Ordered
    {
        [JsonPropertyOrder(2)]
        public int Last { get; set; }

        [JsonPropertyOrder(1)]
        public int First { get; set; }

        [JsonInclude]
        internal int Included { get; set; }
    }

    internal sealed class Extended
    {
        [JsonExtensionData]
        public Dictionary<string, object?>? Extra { get; set; }
    }

    internal sealed class ExtendedByNodes
    {
        [JsonExtensionData]
        public JsonObject? Extra { get; set; }
    }

    internal sealed class ExtendedByElements
    {
        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Extra { get; set; }
    }

    internal sealed class Called : IJsonOnSerializing, IJsonOnSerialized
    {
        public int State { get; set; }

        public void OnSerializing() => State = 1;

        public void OnSerialized() => State = 2;
    }

    internal sealed class Conditions
    {
        public string? Null { get; set; }

        public int Zero { get; set; }

        public int? NullNumber { get; set; }

        public string ReadOnly { get; } = "read only";

        public List<int> ReadOnlyList { get; } = [1];

        [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        public string? Always { get; set; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Sometimes { get; set; }

        [JsonIgnore]
        public int Hidden { get; set; } = 5;
    }

    internal sealed class Node
    {
        public Node? Next { get; set; }

        public List<Node>? All { get; set; }
    }

    internal sealed class Throwing
    {
        public int Fine { get; set; } = 1;

        public int Secret => Fine < 0 ? Fine : throw new InvalidOperationException("the host's words");
    }

    internal sealed class Entries<TKey> : IDictionary<TKey, int>
        where TKey : notnull
    {
        private readonly Dictionary<TKey, int> _entries = [];

        public ICollection<TKey> Keys => _entries.Keys;

        public ICollection<int> Values => _entries.Values;

        public int Count => _entries.Count;

        public bool IsReadOnly => false;

        public int this[TKey key]
        {
            get => _entries[key];
            set => _entries[key] = value;
        }

        public void Add(TKey key, int value) => _entries.Add(key, value);

        public void Add(KeyValuePair<TKey, int> item) => _entries.Add(item.Key, item.Value);

        public void Clear() => _entries.Clear();

        public bool Contains(KeyValuePair<TKey, int> item) => _entries.Contains(item);

        public bool ContainsKey(TKey key) => _entries.ContainsKey(key);

        public void CopyTo(KeyValuePair<TKey, int>[] array, int arrayIndex) => ((ICollection<KeyValuePair<TKey, int>>)_entries).CopyTo(array, arrayIndex);

        public IEnumerator<KeyValuePair<TKey, int>> GetEnumerator() => _entries.GetEnumerator();

        public bool Remove(TKey key) => _entries.Remove(key);

        public bool Remove(KeyValuePair<TKey, int> item) => _entries.Remove(item.Key);

        public bool TryGetValue(TKey key, out int value) => _entries.TryGetValue(key, out value);

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    [JsExport]
    internal sealed partial class Store
    {
        private readonly Admin _admin = new();

        public User Current => _admin;

        public User Get() => _admin;

        [JsExport("later")]
        public Task<User> LaterAsync() => Task.FromResult<User>(_admin);
    }

    private sealed class CentsConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetInt64() / 100m;

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue((long)(value * 100));
    }

}
