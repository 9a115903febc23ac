namespace JsRun.Hosting.Tests.Faults;

/// <summary>An asynchronous sequence that throws where it is told to: when it begins, at its second item, or when it ends.</summary>
internal sealed class FaultySequence(string where, Func<Exception> fault) : IAsyncEnumerable<int>, IAsyncEnumerator<int>
{
    private int _items;

    public int Current => where == "current" ? throw fault() : _items;

    public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (where == "token")
        {
            cancellationToken.Register(() => throw fault());
        }

        return where == "begin" ? throw fault() : this;
    }

    public ValueTask<bool> MoveNextAsync() => ++_items > 1 && where == "next" ? throw fault() : new(_items < 3);

    public ValueTask DisposeAsync() => where == "end" ? throw fault() : default;
}
