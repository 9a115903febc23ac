namespace JsRun.Values;

/// <summary>
/// What stays on its side of the crossing and is known on the other by a number: functions (<c>F</c>), streams. One for each context. Reading happens on the isolate's thread, writing on any.
/// </summary>
internal interface IValueReferences
{
    /// <summary>JavaScript keeps something under a number: gives what stands for it here.</summary>
    object Read(char kind, int id);

    /// <summary>The same for something that has a name in JavaScript, for messages.</summary>
    object Read(char kind, int id, string name) => Read(kind, id);

    /// <summary>Something that cannot be copied is sent: gives the number that JavaScript knows it by.</summary>
    /// <returns>Whether it is such a thing.</returns>
    /// <exception cref="JsConversionException">It belongs to another runtime.</exception>
    /// <exception cref="ObjectDisposedException">It has been closed.</exception>
    bool TryWrite(object value, out char kind, out int id);
}
