using System.Collections.Immutable;
using System.Dynamic;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CsCheck;

namespace JsRun.Hosting.Tests.Values.RoundTrips;

/// <summary>Every supported type, by every way into JavaScript and back, with values that are made up: what comes back is what was sent, and what System.Text.Json makes of it.</summary>
public sealed class RoundTripTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    // JSON has no lone surrogates.
    private static readonly Gen<string> Text = Gen.OneOf(Gen.String[Gen.Char[' ', '\ud7ff'], 0, 20], Gen.OneOf("", "0", "\0\n\u2028\"\\", "😀", "true", "2024-01-01T00:00:00Z", "AAAA"));
    private static readonly Gen<DateTime> Utc = Gen.OneOf(Gen.DateTime, Gen.OneOf(DateTime.MinValue, DateTime.MaxValue, new DateTime(2024, 12, 31).AddDays(1).AddTicks(-1))).Select(static d => DateTime.SpecifyKind(d, DateTimeKind.Utc));
    private static readonly Gen<Order> Orders = Gen.Select(Money(), Text.Null(), Utc, Gen.Enum<Color>(), Gen.Byte.Array[0, 5], (total, note, at, color, data) => new Order(total, note, Truncate(at), color, data));

    private static readonly Dictionary<string, RoundTrip> Types = new()
    {
        ["bool"] = new RoundTrip<bool>(Gen.Bool),
        ["char"] = new RoundTrip<char>(Gen.Char[' ', '\ud7ff']),
        ["string"] = new RoundTrip<string>(Text),
        ["sbyte"] = new RoundTrip<sbyte>(Gen.SByte),
        ["byte"] = new RoundTrip<byte>(Gen.Byte),
        ["short"] = new RoundTrip<short>(Gen.Short),
        ["ushort"] = new RoundTrip<ushort>(Gen.UShort),
        ["int"] = new RoundTrip<int>(Gen.Int),
        ["uint"] = new RoundTrip<uint>(Gen.UInt),
        ["long"] = new RoundTrip<long>(Gen.OneOf(Gen.Long, Gen.OneOf(long.MinValue, long.MaxValue, 1L << 53, (1L << 53) - 1, -(1L << 53), 0)), json: JsonComparison.Read),
        ["ulong"] = new RoundTrip<ulong>(Gen.OneOf(Gen.ULong, Gen.OneOf(ulong.MaxValue, 1UL << 63, 1UL << 53, 0UL)), json: JsonComparison.Read),
        ["Int128"] = new RoundTrip<Int128>(Gen.Int128, json: JsonComparison.Read),
        ["UInt128"] = new RoundTrip<UInt128>(Gen.UInt128, json: JsonComparison.Read),
        ["BigInteger"] = new RoundTrip<BigInteger>(Gen.Int128.Select(static v => (BigInteger)v * long.MaxValue), json: JsonComparison.None),
        ["float"] = new RoundTrip<float>(Gen.OneOf(Gen.Single, Gen.OneOf(float.NaN, float.PositiveInfinity, float.MaxValue, float.Epsilon, 0.1f, -0f))),
        ["double"] = new RoundTrip<double>(Gen.OneOf(Gen.Double, Gen.OneOf(double.NaN, double.NegativeInfinity, double.MaxValue, double.Epsilon, -0.0, 1e21, 9007199254740993))),
        ["Half"] = new RoundTrip<Half>(Gen.Short.Select(BitConverter.Int16BitsToHalf).Where(static h => !Half.IsNaN(h))),
        ["decimal"] = new RoundTrip<decimal>(Money()),
        ["decimal of any size"] = new RoundTrip<decimal>(Gen.Decimal.Where(static d => Math.Abs(d) < 1e27m), arrival: Shorten),
        ["enum"] = new RoundTrip<Color>(Gen.Enum<Color>()),
        ["enum of bytes"] = new RoundTrip<Small>(Gen.Enum<Small>()),
        ["enum of longs"] = new RoundTrip<Large>(Gen.Enum<Large>(), json: JsonComparison.Read),
        ["flags"] = new RoundTrip<Flags>(Gen.Int[0, 7].Select(static i => (Flags)i)),
        ["DateTime"] = new RoundTrip<DateTime>(Utc, arrival: Truncate),
        ["DateTimeOffset"] = new RoundTrip<DateTimeOffset>(Gen.OneOf(Gen.DateTimeOffset, Gen.OneOf(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)), arrival: static d => new DateTimeOffset(Truncate(d.UtcDateTime))),
        ["DateOnly"] = new RoundTrip<DateOnly>(Gen.DateOnly),
        ["TimeOnly"] = new RoundTrip<TimeOnly>(Gen.TimeOnly),
        ["TimeSpan"] = new RoundTrip<TimeSpan>(Gen.TimeSpan),
        ["Guid"] = new RoundTrip<Guid>(Gen.Guid),
        ["Uri"] = new RoundTrip<Uri>(Gen.Int[0, 9999].Select(static i => new Uri($"https://example.com/{i}?a=%20b"))),
        ["Version"] = new RoundTrip<Version>(Gen.Int[0, 99].Select(static i => new Version(1, i, 3))),
        ["int?"] = new RoundTrip<int?>(Gen.Int.Nullable()),
        ["decimal?"] = new RoundTrip<decimal?>(Money().Nullable()),
        ["enum?"] = new RoundTrip<Color?>(Gen.Enum<Color>().Nullable()),
        ["DateTime?"] = new RoundTrip<DateTime?>(Utc.Select(Truncate).Nullable()),
        ["byte[]"] = new RoundTrip<byte[]>(Gen.Byte.Array[0, 20]),
        ["ReadOnlyMemory<byte>"] = new RoundTrip<ReadOnlyMemory<byte>>(Gen.Byte.Array[0, 20].Select(static b => new ReadOnlyMemory<byte>(b))),
        ["int[]"] = new RoundTrip<int[]>(Gen.Int.Array[0, 5]),
        ["int[][]"] = new RoundTrip<int[][]>(Gen.Int.Array[0, 3].Array[0, 3]),
        ["string[]"] = new RoundTrip<string[]>(Text.Array[0, 5]),
        ["decimal[]"] = new RoundTrip<decimal[]>(Money().Array[0, 5]),
        ["List<DateTime>"] = new RoundTrip<List<DateTime>>(Utc.Select(Truncate).List[0, 5]),
        ["IReadOnlyList<string>"] = new RoundTrip<IReadOnlyList<string>>(Text.List[0, 5].Select(static l => (IReadOnlyList<string>)l)),
        ["ImmutableArray<int>"] = new RoundTrip<ImmutableArray<int>>(Gen.Int.Array[0, 5].Select(static a => a.ToImmutableArray())),
        ["HashSet<int>"] = new RoundTrip<HashSet<int>>(Gen.Int.HashSet[0, 5]),
        ["(int, string, decimal)"] = new RoundTrip<(int, string, decimal)>(Gen.Select(Gen.Int, Text, Money()), json: JsonComparison.None),
        ["Tuple<int, DateTime>"] = new RoundTrip<Tuple<int, DateTime>>(Gen.Select(Gen.Int, Utc, static (i, d) => Tuple.Create(i, Truncate(d))), json: JsonComparison.None),
        ["KeyValuePair<string, int>"] = new RoundTrip<KeyValuePair<string, int>>(Gen.Select(Text, Gen.Int, KeyValuePair.Create)),
        ["Dictionary<string, decimal>"] = new RoundTrip<Dictionary<string, decimal>>(Gen.Dictionary(Text, Money())[0, 5]),
        ["IReadOnlyDictionary<string, int>"] = new RoundTrip<IReadOnlyDictionary<string, int>>(Gen.Dictionary(Text, Gen.Int)[0, 5].Select(static d => (IReadOnlyDictionary<string, int>)d)),
        ["ImmutableDictionary<string, int>"] = new RoundTrip<ImmutableDictionary<string, int>>(Gen.Dictionary(Text, Gen.Int)[0, 5].Select(static d => d.ToImmutableDictionary())),
        ["Dictionary<int, string>"] = new RoundTrip<Dictionary<int, string>>(Gen.Dictionary(Gen.Int, Text)[0, 5]),
        ["Dictionary<long, int>"] = new RoundTrip<Dictionary<long, int>>(Gen.Dictionary(Gen.Long, Gen.Int)[0, 5]),
        ["Dictionary<Guid, int>"] = new RoundTrip<Dictionary<Guid, int>>(Gen.Dictionary(Gen.Guid, Gen.Int)[0, 5]),
        ["Dictionary<Color, int>"] = new RoundTrip<Dictionary<Color, int>>(Gen.Dictionary(Gen.Enum<Color>(), Gen.Int)[0, 2]),
        ["Dictionary<double, int>"] = new RoundTrip<Dictionary<double, int>>(Gen.Dictionary(Gen.Double, Gen.Int)[0, 5]),
        ["Dictionary<bool, int>"] = new RoundTrip<Dictionary<bool, int>>(Gen.Dictionary(Gen.Bool, Gen.Int)[0, 2]),
        ["Dictionary<DateTime, int>"] = new RoundTrip<Dictionary<DateTime, int>>(Gen.Dictionary(Utc.Select(Truncate), Gen.Int)[0, 5]),
        ["ExpandoObject"] = new RoundTrip<ExpandoObject>(Gen.Dictionary(Text, Gen.Int)[0, 5].Select(Expando), json: JsonComparison.None),
        ["Dictionary<string, object?>"] = new RoundTrip<Dictionary<string, object?>>(Gen.Select(Gen.Long[-1000, 1000], Text, Utc, (i, s, d) => new Dictionary<string, object?> { ["i"] = i, ["s"] = s, ["n"] = null, ["d"] = new DateTimeOffset(Truncate(d)), ["l"] = new List<object?> { i, s } }), json: JsonComparison.None),
        ["a record"] = new RoundTrip<Order>(Orders),
        ["a record struct"] = new RoundTrip<Point>(Gen.Select(Gen.Int, Gen.Double, static (x, y) => new Point(x, y))),
        ["a record of records"] = new RoundTrip<Basket>(Gen.Select(Orders.Array[0, 3], Gen.Dictionary(Gen.Int, Orders)[0, 3], static (list, map) => new Basket(list, map))),
        ["a polymorphic type"] = new RoundTrip<Pet>(Gen.OneOf(Text.Select(static s => (Pet)new Dog(s)), Gen.Int.Select(static i => (Pet)new Cat(i)))),
        ["List of a polymorphic type"] = new RoundTrip<List<Pet>>(Gen.Int.Select(static i => (Pet)new Cat(i)).List[0, 3]),
        ["JsonElement"] = new RoundTrip<JsonElement>(Text.Select(static s => JsonSerializer.SerializeToElement(new { a = new object?[] { 1, s, null, true, 1.5 } }))),
        ["JsonNode"] = new RoundTrip<JsonNode>(Text.Select(static s => JsonSerializer.SerializeToNode(new { a = new object?[] { 1, s, null, true, 1.5 } })!)),
        ["JsMap"] = new RoundTrip<JsMap>(Gen.Int.Select(static i => new JsMap { [(long)i] = "a", ["k"] = null }), json: JsonComparison.None),
        ["JsErrorValue"] = new RoundTrip<JsErrorValue>(Text.Select(static s => new JsErrorValue { Name = "TypeError", Message = s, Stack = "at x" }), json: JsonComparison.None),
    };

    public static TheoryData<string> Names => [.. Types.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Value_EveryWay_ComesBackAsItWasSent(string type) => await Types[type].CheckAsync(own.Runtime);

    /// <summary>What JavaScript's numbers hold exactly: up to 15 digits.</summary>
    private static Gen<decimal> Money() => Gen.OneOf(
        Gen.Select(Gen.Long[-999_999_999_999_999, 999_999_999_999_999], Gen.Int[0, 10], static (digits, scale) => digits / (decimal)Math.Pow(10, scale)),
        Gen.OneOf(0m, 0.1m, 12345678901234.56m, 9007199254740992m, 9999999999999998m, -79228162514264.3m));

    private static decimal Shorten(decimal value) => decimal.Parse(double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static DateTime Truncate(DateTime value) => new(value.Ticks - (value.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);

    private static ExpandoObject Expando(Dictionary<string, int> members)
    {
        var expando = new ExpandoObject();
        foreach (var (name, value) in members)
        {
            ((IDictionary<string, object?>)expando)[name] = (long)value;
        }

        return expando;
    }

    internal enum Color
    {
        Red,
        Green = 5,
    }

    internal enum Small : byte
    {
        None,
        All = 255,
    }

    internal enum Large : long
    {
        None,
        Id = 9007199254740993,
    }

    [Flags]
    internal enum Flags
    {
        None,
        A,
        B,
        C = 4,
    }

    internal sealed record Order(decimal Total, string? Note, DateTime At, Color Color, byte[] Data);

    internal sealed record Basket(Order[] Orders, Dictionary<int, Order> ByNumber);

    internal readonly record struct Point(int X, double Y);

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Dog), "dog")]
    [JsonDerivedType(typeof(Cat), 2)]
    internal abstract record Pet;

    internal sealed record Dog(string Bark) : Pet;

    internal sealed record Cat(int Lives) : Pet;
}
