namespace JsRun.Engine.HostFunctions;

/// <summary>Streams of the host as values of one kind.</summary>
internal sealed class HostStreamKeeper(Func<object, int?> share) : IReferenceKeeper
{
    public object Read(int id) => throw new JsConversionException("A stream of the host comes back as the ReadableStream that it is in JavaScript.");

    public bool TryWrite(object value, out int id)
    {
        var shared = share(value);
        id = shared ?? 0;
        return shared is not null;
    }
}
