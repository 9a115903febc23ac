using JsRun.Snapshots;

namespace JsRun;

/// <summary>
/// The globals that scripts have created, from which any number of runtimes can start (<see cref="JsRuntimeOptions.Snapshot"/>), each independent of the others. Built by
/// <see cref="JsSnapshotBuilder"/>. Immutable and thread-safe.
/// </summary>
/// <remarks>A snapshot is code: load only what you have built, or trust as you trust your own scripts.</remarks>
public sealed class JsSnapshot
{
    private readonly byte[] _bytes;

    internal JsSnapshot(SnapshotFile file)
    {
        File = file;
        _bytes = file.ToBytes();
    }

    /// <summary>Gets the tier: the way in which the snapshot was built, and in which runtimes start from it.</summary>
    /// <value><see cref="JsImageTier.Heap"/>: V8's heap is restored; where this process cannot, the scripts are run again, and a warning says why. <see cref="JsImageTier.Replay"/>: the scripts are run again.</value>
    public JsImageTier Tier => File.Tier;

    /// <summary>Gets the reason for which the snapshot is not of the tier <see cref="JsImageTier.Heap"/>.</summary>
    /// <value><see langword="null"/> where it is.</value>
    public string? TierReason => File.TierReason;

    /// <summary>The names of its scripts, in order.</summary>
    public IReadOnlyList<string> Scripts => [.. File.Recipe.Scripts.Select(static script => script.Name)];

    internal SnapshotFile File { get; }

    /// <summary>Reads a snapshot that <see cref="ToArray"/> or <see cref="Write"/> gave.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The snapshot.</returns>
    /// <exception cref="JsSnapshotException">The bytes are none, or damaged, or were written by another version of JsRun or of its engine.</exception>
    public static JsSnapshot Load(ReadOnlySpan<byte> bytes) => new(SnapshotFile.Parse(bytes));

    /// <summary>Reads a snapshot that <see cref="ToArray"/> or <see cref="Write"/> gave.</summary>
    /// <param name="stream">The stream; read to its end.</param>
    /// <returns>The snapshot.</returns>
    /// <exception cref="JsSnapshotException">The bytes are none, or damaged, or were written by another version of JsRun or of its engine.</exception>
    public static JsSnapshot Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return Load(copy.GetBuffer().AsSpan(0, (int)copy.Length));
    }

    /// <summary>The snapshot as bytes.</summary>
    /// <returns>A copy.</returns>
    public byte[] ToArray() => (byte[])_bytes.Clone();

    /// <summary>Writes the snapshot's bytes.</summary>
    /// <param name="stream">The stream.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is <see langword="null"/>.</exception>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(_bytes);
    }
}
