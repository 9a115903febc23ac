using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using JsRun.Engine.Isolates;

namespace JsRun.Snapshots;

/// <summary>
/// A snapshot and its bytes: magic, format, the engine's version, tier and reason, surface, scripts, the tier's own payload, and a SHA-256 of all that. The hash finds damage, not forgery.
/// </summary>
/// <param name="Tier">Who made the payload.</param>
/// <param name="TierReason">Why no better tier did.</param>
/// <param name="Recipe">The scripts.</param>
/// <param name="Payload">What the tier kept beside them.</param>
internal sealed record SnapshotFile(JsImageTier Tier, string? TierReason, SnapshotRecipe Recipe, ReadOnlyMemory<byte> Payload)
{
    private const int Format = 1;

    private static ReadOnlySpan<byte> Magic => "JsRunSnp"u8;

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(Format);
        writer.Write(EngineVersion.Current);
        writer.Write((byte)Tier);
        writer.Write(TierReason ?? "");
        writer.Write((byte)Recipe.Surface);
        writer.Write(Recipe.Scripts.Length);
        foreach (var (name, source) in Recipe.Scripts)
        {
            writer.Write(name);
            writer.Write(source);
        }

        writer.Write(Payload.Length);
        writer.Write(Payload.Span);
        writer.Flush();
        writer.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return stream.ToArray();
    }

    /// <exception cref="JsSnapshotException">The bytes are not a snapshot that can be used here.</exception>
    public static SnapshotFile Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Magic.Length + sizeof(int) + SHA256.HashSizeInBytes || !bytes.StartsWith(Magic))
        {
            throw new JsSnapshotException(bytes.IsEmpty ? "Snapshot bytes cannot be empty." : "The bytes are not a snapshot: they do not begin with the header that JsSnapshot writes.");
        }

        // Format and version come first, so that another version's file is not called damaged.
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()), Encoding.UTF8);
        try
        {
            reader.BaseStream.Position = Magic.Length;
            var format = reader.ReadInt32();
            if (format != Format)
            {
                throw new JsSnapshotException($"The snapshot has the format {format}, and this version of JsRun reads {Format}: build it again.");
            }

            var version = reader.ReadString();
            if (version != EngineVersion.Current)
            {
                throw new JsSnapshotException($"The snapshot was built with {version}, and this is {EngineVersion.Current}: build it again.");
            }

            var content = bytes[..^SHA256.HashSizeInBytes];
            if (!SHA256.HashData(content).AsSpan().SequenceEqual(bytes[^SHA256.HashSizeInBytes..]))
            {
                throw Damaged(null);
            }

            return ReadContent(reader);
        }
        catch (Exception e) when (e is IOException or FormatException or DecoderFallbackException or ArgumentException)
        {
            throw Damaged(e);
        }
    }

    private static SnapshotFile ReadContent(BinaryReader reader)
    {
        var tier = (JsImageTier)reader.ReadByte();
        var reason = reader.ReadString();
        var surface = (JsSurface)reader.ReadByte();
        var scripts = ImmutableArray.CreateBuilder<SnapshotScript>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            scripts.Add(new SnapshotScript(reader.ReadString(), reader.ReadString()));
        }

        return new SnapshotFile(tier, reason.Length == 0 ? null : reason, new SnapshotRecipe(surface, scripts.DrainToImmutable()), reader.ReadBytes(reader.ReadInt32()));
    }

    private static JsSnapshotException Damaged(Exception? cause) => new("The snapshot is damaged: its bytes are not those that were written. Build it again.", cause);
}
