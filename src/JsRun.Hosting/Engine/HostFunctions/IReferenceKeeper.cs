namespace JsRun.Engine.HostFunctions;

/// <summary>Knows the things of one kind that stay on their side of the crossing: see <see cref="Values.IValueReferences"/>.</summary>
internal interface IReferenceKeeper
{
    /// <summary>JavaScript keeps a thing under a number. On the isolate's thread.</summary>
    /// <returns>What stands for it.</returns>
    object Read(int id);

    /// <summary>The same for a thing that has a name in JavaScript, for messages.</summary>
    object Read(int id, string name) => Read(id);

    /// <summary>A value is sent to JavaScript: says whether it is such a thing, and its number. On any thread.</summary>
    bool TryWrite(object value, out int id);
}
