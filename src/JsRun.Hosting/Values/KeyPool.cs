namespace JsRun.Values;

/// <summary>Short property names that were read lately, so that a list of a thousand objects does not hold each name a thousand times. One for each thread, of fixed size.</summary>
internal static class KeyPool
{
    private const int Size = 256;
    private const int Longest = 32;

    [ThreadStatic]
    private static string[]? _keys;

    public static string Get(ReadOnlySpan<char> key)
    {
        if (key.IsEmpty || key.Length > Longest)
        {
            return key.ToString();
        }

        var keys = _keys ??= new string[Size];
        ref var slot = ref keys[((key.Length * 31) + (key[0] * 7) + (key[key.Length / 2] * 17) + key[^1]) & (Size - 1)];
        if (slot is null || !key.SequenceEqual(slot))
        {
            slot = key.ToString();
        }

        return slot;
    }
}
