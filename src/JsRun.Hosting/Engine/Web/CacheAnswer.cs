using System.Text.Json;

namespace JsRun.Engine.Web;

/// <summary>What a store has answered, as it crosses: a number or a text, and the bodies that JavaScript reads next.</summary>
internal readonly record struct CacheAnswer(int Number, string? Text, ReadOnlyMemory<byte>[] Bodies)
{
    public static CacheAnswer Of(bool truth) => new(truth ? 1 : 0, null, []);

    // JSON would replace lone surrogates.
    public static CacheAnswer Of(IReadOnlyList<string> names) => new(0, $"{string.Join(',', names.Select(static n => n.Length))}\n{string.Concat(names)}", []);

    public static CacheAnswer Of(IEnumerable<JsCacheEntry> entries, bool includesBodies)
    {
        JsCacheEntry[] found = [.. entries];
        return new(
            0,
            JsonSerializer.Serialize([.. found.Select(entry => CacheDescription.Of(entry, includesBodies))], CacheJson.Default.CacheDescriptionArray),
            includesBodies ? [.. found.Select(static entry => entry.Body)] : []);
    }
}
