using System.Security.Cryptography;
using System.Text.Json;
using JsRun.Storage;

namespace JsRun.Images.Building;

/// <summary>
/// The outcomes of jobs on disk (<see cref="TrustedFileCache"/>), by everything that they depend on. Whoever asks for a job cannot choose the key, so it cannot put one image in the place of
/// another. Thread-safe.
/// </summary>
internal sealed class WorkerJobCache(TrustedFileCache files, ImageIdentity identity)
{
    private const string Extension = ".job";

    /// <summary>The key of a job with its blob.</summary>
    public string KeyOf(WorkerJob job, ReadOnlySpan<byte> blob)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (ReadOnlySpan<byte[]>)[JsonSerializer.SerializeToUtf8Bytes(identity.Text, WorkerJson.Default.String), JsonSerializer.SerializeToUtf8Bytes(job, WorkerJson.Default.WorkerJob)])
        {
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(part);
        }

        hash.AppendData(blob);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public (WorkerReply Reply, byte[] Blob)? Load(string key) => files.Load<Tuple<WorkerReply, byte[]>>(key + Extension, (_, bytes) => Read(key, bytes)) is { } known ? (known.Item1, known.Item2) : null;

    public async Task SaveAsync(string key, WorkerReply reply, ReadOnlyMemory<byte> blob)
    {
        using var stream = new MemoryStream();
        stream.SetLength(SHA256.HashSizeInBytes);
        stream.Position = SHA256.HashSizeInBytes;
        await WorkerFrame.WriteAsync(stream, reply, WorkerJson.Default.WorkerReply, blob, CancellationToken.None).ConfigureAwait(false);
        var bytes = stream.ToArray();
        Hash(key, bytes, bytes);
        files.Save(key + Extension, bytes);
    }

    // The hash finds what is torn or belongs to another key.
    private static Tuple<WorkerReply, byte[]>? Read(string key, byte[] bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (bytes.Length <= hash.Length)
        {
            return null;
        }

        Hash(key, bytes, hash);
        if (!hash.SequenceEqual(bytes.AsSpan(0, hash.Length)))
        {
            return null;
        }

        using var stream = new MemoryStream(bytes, hash.Length, bytes.Length - hash.Length);
        var (reply, blob) = WorkerFrame.ReadAsync(stream, WorkerJson.Default.WorkerReply, CancellationToken.None).GetAwaiter().GetResult();
        return Tuple.Create(reply, blob);
    }

    private static void Hash(string key, byte[] bytes, Span<byte> destination)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Convert.FromHexString(key));
        hash.AppendData(bytes.AsSpan(SHA256.HashSizeInBytes));
        hash.GetHashAndReset(destination);
    }
}
