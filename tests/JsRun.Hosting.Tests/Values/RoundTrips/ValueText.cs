using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JsRun.Hosting.Tests.Values.RoundTrips;

/// <summary>A value as text that is the same for values that are the same, whatever holds them, so that a difference can be read.</summary>
internal static class ValueText
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string v => $"\"{v}\"",
        double v => v == 0 && double.IsNegative(v) ? "-0" : v.ToString("R", CultureInfo.InvariantCulture),
        decimal v => v.ToString("G29", CultureInfo.InvariantCulture),
        DateTime v => $"{v:O} {v.Kind}",
        DateTimeOffset v => v.ToString("O", CultureInfo.InvariantCulture),
        JsonElement v => JsonSerializer.Serialize(v),
        JsonNode v => v.ToJsonString(),
        BigInteger or Enum => $"{value}",
        ITuple v => $"({string.Join(", ", Enumerable.Range(0, v.Length).Select(i => Of(v[i])))})",
        IDictionary<string, object?> v => Entries(v.Select(static e => (Of(e.Key), Of(e.Value)))),
        IDictionary v => Entries(v.Keys.Cast<object>().Select(k => (Of(k), Of(v[k])))),
        ReadOnlyMemory<byte> v => Of(v.ToArray()),
        IEnumerable v => $"[{string.Join(", ", v.Cast<object?>().Select(Of))}]",
        IFormattable v => v.ToString(null, CultureInfo.InvariantCulture),
        _ when value.GetType().Assembly == typeof(ValueText).Assembly || value is JsErrorValue || value.GetType().Name.StartsWith("KeyValuePair", StringComparison.Ordinal) => $"{value.GetType().Name} {Members(value)}",
        _ => $"{value}",
    };

    private static string Members(object value) => Entries(value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static p => p.GetIndexParameters().Length == 0).Select(p => (p.Name, Of(p.GetValue(value)))));

    private static string Entries(IEnumerable<(string Key, string Value)> entries) => $"{{{string.Join(", ", entries.OrderBy(static e => e.Key, StringComparer.Ordinal).Select(static e => $"{e.Key}: {e.Value}"))}}}";
}
