using System.Globalization;

namespace JsRun.Engine.Native.Binding;

/// <summary>What the kernel says of the process's memory.</summary>
internal static class MemoryMap
{
    /// <summary>Returns whether writing there is allowed. A hardened loader may have protected what the library's own headers call writable.</summary>
    public static bool IsWritable(nint address)
    {
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            // 7f0000000000-7f0000001000 rw-p …
            var dash = line.IndexOf('-', StringComparison.Ordinal);
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var from = nint.Parse(line.AsSpan(0, dash), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var to = nint.Parse(line.AsSpan(dash + 1, space - dash - 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (address >= from && address < to)
            {
                return line[space + 2] == 'w';
            }
        }

        return false;
    }
}
