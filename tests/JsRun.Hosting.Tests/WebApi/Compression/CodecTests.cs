using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using JsRun.WebApi.Compression;

namespace JsRun.Hosting.Tests.WebApi.Compression;

public sealed class CodecTests
{
    private static readonly byte[] Text = [.. Enumerable.Range(0, 3000).SelectMany(n => Encoding.ASCII.GetBytes($"line {n * n}\n"))];

    public static TheoryData<string> Formats => ["Gzip", "Deflate", "DeflateRaw"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Write_OneByteAtATime_GivesAllBack(string format)
    {
        using var compressor = Compressing(format);
        var packed = Run(compressor, Pieces(Text, 1));
        using var decompressor = Decompressing(format);

        Run(decompressor, Pieces(packed, 1)).ShouldBe(Text);
        packed.Length.ShouldBeLessThan(Text.Length / 2);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Write_Whole_GivesAllBack(string format)
    {
        using var compressor = Compressing(format);
        var packed = Run(compressor, [Text]);
        using var decompressor = Decompressing(format);

        Run(decompressor, [packed]).ShouldBe(Text);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void End_NoInput_CompressesToSomethingThatDotNetReads(string format)
    {
        using var compressor = Compressing(format);
        var packed = Run(compressor, []);
        using var source = new MemoryStream(packed);
        using Stream stream = format switch
        {
            "Gzip" => new GZipStream(source, CompressionMode.Decompress),
            "Deflate" => new ZLibStream(source, CompressionMode.Decompress),
            _ => new DeflateStream(source, CompressionMode.Decompress),
        };
        using var decompressor = Decompressing(format);

        stream.ReadByte().ShouldBe(-1);
        Run(decompressor, [packed]).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void End_TruncatedAnywhere_Fails(string format)
    {
        var packed = Pack(format, "some short text, some short text"u8.ToArray());
        for (var length = 0; length < packed.Length; length++)
        {
            using var decompressor = Decompressing(format);

            Should.Throw<InvalidDataException>(() => Run(decompressor, [packed[..length]])).Message.ShouldContain("too early", customMessage: $"{length} of {packed.Length}");
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_MoreAfterTheEnd_GivesTheTextAndThenFails(string format)
    {
        byte[] packed = [.. Pack(format, "text"u8.ToArray()), .. new byte[20]];
        foreach (var size in new[] { 1, 2, 7, packed.Length - 19, packed.Length })
        {
            using var decompressor = Decompressing(format);
            var output = new MemoryStream();

            Should.Throw<InvalidDataException>(() => Run(decompressor, Pieces(packed, size), output)).Message.ShouldContain("after its end", customMessage: $"pieces of {size}");

            output.ToArray().ShouldBe("text"u8.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_SecondStreamAfterTheFirst_Fails(string format)
    {
        var packed = Pack(format, Text);
        using var decompressor = Decompressing(format);

        Should.Throw<InvalidDataException>(() => Run(decompressor, [[.. packed, .. packed]])).Message.ShouldContain("after its end");
    }

    [Theory]
    [InlineData("Gzip", 1)]
    [InlineData("Gzip", 5)]
    [InlineData("Deflate", 1)]
    public void Read_WrongChecksumOrLength_Fails(string format, int fromEnd)
    {
        var packed = Pack(format, "text"u8.ToArray());
        packed[^fromEnd] ^= 1;
        using var decompressor = Decompressing(format);

        Should.Throw<InvalidDataException>(() => Run(decompressor, [packed])).Message.ShouldContain("corrupt");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void Read_GzipWithEveryFieldOfTheHeader_PassesOverThem(int size)
    {
        byte[] head = [0x1f, 0x8b, 8, 0x1f, 1, 2, 3, 4, 0, 255, 3, 0, 7, 7, 7, .. "name\0"u8, .. "a comment\0"u8];
        var checksum = Crc32.HashToUInt32(head);
        byte[] packed = [.. head, (byte)checksum, (byte)(checksum >> 8), .. Pack("Gzip", "text"u8.ToArray())[10..]];
        using var decompressor = Decompressing("Gzip");

        Run(decompressor, Pieces(packed, size)).ShouldBe("text"u8.ToArray());
    }

    [Theory]
    [InlineData(0, 0x20)]
    [InlineData(1, 0x1f)]
    [InlineData(2, 7)]
    [InlineData(3, 0x20)]
    public void Read_NoGzip_FailsAtTheHeader(int at, byte value)
    {
        var packed = Pack("Gzip", "text"u8.ToArray());
        packed[at] = value;
        using var decompressor = Decompressing("Gzip");

        Should.Throw<InvalidDataException>(() => Run(decompressor, [packed])).Message.ShouldContain("header of gzip");
    }

    [Fact]
    public void Read_WrongChecksumOfTheHeader_Fails()
    {
        byte[] packed = [0x1f, 0x8b, 8, 2, 0, 0, 0, 0, 0, 255, 1, 1, .. Pack("DeflateRaw", "text"u8.ToArray()), .. new byte[8]];
        using var decompressor = Decompressing("Gzip");

        Should.Throw<InvalidDataException>(() => Run(decompressor, [packed])).Message.ShouldContain("checksum of its header");
    }

    [Fact]
    public void Read_AfterAFlush_GivesWhatWasFlushed()
    {
        // As server-sent events over gzip do it: what was flushed must not wait for what comes next.
        var packed = new MemoryStream();
        using var gzip = new GZipStream(packed, CompressionMode.Compress);
        gzip.Write("first"u8);
        gzip.Flush();
        using var decompressor = Decompressing("Gzip");
        decompressor.Write(packed.ToArray());
        var output = new byte[100];

        Encoding.ASCII.GetString(output, 0, decompressor.Read(output)).ShouldBe("first");
    }

    private static Codec Compressing(string format) => Codec.Create(Enum.Parse<CompressionFormat>(format), compress: true);

    private static Codec Decompressing(string format) => Codec.Create(Enum.Parse<CompressionFormat>(format), compress: false);

    private static byte[] Pack(string format, byte[] text)
    {
        using var compressor = Compressing(format);
        return Run(compressor, [text]);
    }

    private static IEnumerable<byte[]> Pieces(byte[] bytes, int size) => bytes.Chunk(size);

    private static byte[] Run(Codec codec, IEnumerable<byte[]> pieces)
    {
        var output = new MemoryStream();
        Run(codec, pieces, output);
        return output.ToArray();
    }

    private static void Run(Codec codec, IEnumerable<byte[]> pieces, MemoryStream output)
    {
        foreach (var piece in pieces)
        {
            codec.Write(piece);
            Drain(codec, output);
        }

        codec.End();
        Drain(codec, output);
    }

    private static void Drain(Codec codec, MemoryStream output)
    {
        var buffer = new byte[512];
        for (var count = codec.Read(buffer); count > 0; count = codec.Read(buffer))
        {
            output.Write(buffer, 0, count);
        }
    }
}
