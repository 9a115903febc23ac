using JsRun.Scheduling;
using JsRun.Values;

namespace JsRun.Streams;

/// <summary>The JavaScript side of the host's streams of values.</summary>
internal interface IHostStreamPeer
{
    /// <summary>Copies an item for its way. On any thread.</summary>
    /// <exception cref="JsConversionException">It cannot cross.</exception>
    WireValue Write(object? item, Type declared);

    /// <summary>Later, on the isolate's thread. For any thread.</summary>
    void Post(IWorkItem item);

    /// <summary>Tells JavaScript what became of its pull. On the isolate's thread.</summary>
    void Answer(HostStream stream, HostStreamState state, WireValue item, Exception? error);
}
