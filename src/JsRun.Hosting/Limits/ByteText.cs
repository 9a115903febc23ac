using System.Globalization;

namespace JsRun.Limits;

/// <summary>Sizes as people read them.</summary>
internal static class ByteText
{
    private static readonly (long Size, string Name)[] Units = [(1L << 40, "TiB"), (1L << 30, "GiB"), (1L << 20, "MiB"), (1L << 10, "KiB")];

    /// <summary>Such as <c>16 MiB</c>; <c>1500 bytes</c> where no unit fits.</summary>
    public static string Of(long bytes)
    {
        foreach (var (size, name) in Units)
        {
            if (bytes >= size && bytes % size == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{bytes / size} {name}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes");
    }
}
