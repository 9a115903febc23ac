namespace JsRun.Streams;

/// <summary>The reader of the streams of a context's JavaScript.</summary>
internal interface IScriptStreamOwner
{
    /// <summary>Reads one chunk. Not to be called again before it has ended.</summary>
    /// <returns>A list of the chunk, or an empty one at the end.</returns>
    ValueTask<object?> ReadAsync(int id, CancellationToken cancellationToken);

    /// <summary>Nobody reads on. Never blocks, never throws; called by finalisers too.</summary>
    void Cancel(int id, string? reason);

    /// <summary>The stream has ended by itself, or failed.</summary>
    void Ended();

    /// <summary>Bytes have been read.</summary>
    void Moved(long bytes);

    /// <summary>A chunk as a .NET type.</summary>
    T? ConvertTo<T>(object? value);
}
