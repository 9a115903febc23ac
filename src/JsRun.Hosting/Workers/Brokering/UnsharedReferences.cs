using JsRun.Bindings;
using JsRun.Streams;
using JsRun.Values;

namespace JsRun.Workers.Brokering;

/// <summary>Refuses what cannot be copied from one process to another. Immutable and thread-safe.</summary>
internal sealed class UnsharedReferences : IValueReferences
{
    private const string Advice = "does not cross between the processes of the placement OutOfProcess: send data, or choose InProcess.";

    public static UnsharedReferences Instance { get; } = new();

    public object Read(char kind, int id) => throw new JsConversionException($"A function or stream {Advice}");

    public bool TryWrite(object value, out char kind, out int id)
    {
        (kind, id) = (default, 0);
        return value is JsFunction or Delegate or HostFunction or HostObject or IJsExportable ? throw new JsConversionException($"A function, or an object with functions, {Advice}")
            : value is JsStream || StreamTypes.Includes(value.GetType()) ? throw new JsConversionException($"A stream {Advice}")
            : false;
    }
}
