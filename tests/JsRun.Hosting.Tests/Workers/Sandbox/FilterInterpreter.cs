using JsRun.Interop;

namespace JsRun.Hosting.Tests.Workers.Sandbox;

/// <summary>Runs a filter as the kernel would, for either architecture.</summary>
internal static class FilterInterpreter
{
    private const int ErrorAnswer = 0x0005_0000;
    private const uint LetThrough = 0x7FFF_0000;

    /// <summary>Returns the error that a call answers, or 0 if it goes through.</summary>
    public static int Run(IReadOnlyList<FilterInstruction> program, uint architecture, uint number, params ReadOnlySpan<ulong> arguments)
    {
        var data = new uint[16];
        data[0] = number;
        data[1] = architecture;
        for (var i = 0; i < arguments.Length; i++)
        {
            data[4 + (2 * i)] = (uint)arguments[i];
            data[5 + (2 * i)] = (uint)(arguments[i] >> 32);
        }

        var accumulator = 0u;
        for (var at = 0; ; at++)
        {
            var (code, then, @else, value) = program[at];
            switch (code)
            {
                case 0x20:
                    accumulator = data[value / sizeof(uint)];
                    break;
                case 0x54:
                    accumulator &= value;
                    break;
                case 0x05:
                    at += (int)value;
                    break;
                case 0x15:
                    at += accumulator == value ? then : @else;
                    break;
                case 0x35:
                    at += accumulator >= value ? then : @else;
                    break;
                case 0x45:
                    at += (accumulator & value) != 0 ? then : @else;
                    break;
                case 0x06:
                    return value == LetThrough ? 0 : (value & 0xFFFF_0000) == ErrorAnswer ? (int)(value & 0xFFFF) : throw new InvalidOperationException($"The filter answers {value:X}.");
                default:
                    throw new InvalidOperationException($"The filter has no instruction {code:X}.");
            }
        }
    }
}
