using JsRun.Values;

namespace JsRun.Hosting.Tests.Values;

/// <summary>Knows no references.</summary>
internal sealed class FakeReferences : IValueReferences
{
    public object Read(char kind, int id) => $"{kind}{id}";

    public bool TryWrite(object value, out char kind, out int id)
    {
        (kind, id) = ('X', 7);
        return value is Uri;
    }
}
