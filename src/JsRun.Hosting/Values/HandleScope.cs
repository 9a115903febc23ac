using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace JsRun.Values;

/// <summary>
/// What one conversion through JSON carries beside the text: the values that JSON cannot hold, found by the place in the text that stands for them, and by a random token if a converter has copied the text. No
/// script can name a token.
/// </summary>
internal sealed class HandleScope
{
    private readonly string _secret = Guid.NewGuid().ToString("N");
    private readonly List<object> _handles = [];
    private readonly List<(int Start, object Value)> _values = [];

    /// <summary>The conversion that this thread is in.</summary>
    [field: ThreadStatic]
    public static HandleScope? Current { get; set; }

    /// <summary>The text.</summary>
    public ReadOnlyMemory<byte> Json { get; set; }

    /// <summary>Gets whether there are functions or streams.</summary>
    public bool HasHandles => _handles.Count > 0;

    /// <summary>A function or a stream, which has no JSON.</summary>
    /// <returns>The token that stands for it.</returns>
    public string Add(object handle)
    {
        _handles.Add(handle);
        return $"{_secret}:{_handles.Count - 1}";
    }

    public object? Find(string token) =>
        token.Length > _secret.Length && token.StartsWith(_secret, StringComparison.Ordinal) && int.TryParse(token.AsSpan(_secret.Length + 1), out var index) ? _handles[index] : null;

    /// <summary>Returns whether a piece of the text has functions or streams in it.</summary>
    public bool IsHeldBy(JsonElement element) => HasHandles && element.GetRawText().Contains(_secret, StringComparison.Ordinal);

    /// <summary>Notes which value a place of the text stands for, if the text alone does not say. Places come in their order.</summary>
    public void Note(long start, object value) => _values.Add(((int)start, value));

    /// <summary>Finds the value that the reader's token stands for, if it reads this text itself and not a copy.</summary>
    public bool TryFind(scoped ref Utf8JsonReader reader, out object? value)
    {
        value = null;
        var offset = Unsafe.ByteOffset(ref MemoryMarshal.GetReference(Json.Span), ref MemoryMarshal.GetReference(reader.ValueSpan));
        if (reader.HasValueSequence || offset < 0 || offset >= Json.Length)
        {
            return false;
        }

        // The value of a string begins after its quotation mark.
        var start = reader.TokenType == JsonTokenType.String ? (int)offset - 1 : (int)offset;
        var index = CollectionsMarshal.AsSpan(_values).BinarySearch(new Place(start));
        if (index < 0)
        {
            return false;
        }

        value = _values[index].Value;
        return true;
    }

    private readonly struct Place(int start) : IComparable<(int Start, object Value)>
    {
        public int CompareTo((int Start, object Value) other) => start.CompareTo(other.Start);
    }
}
