namespace JsRun.Engine.Native.Binding;

/// <summary>
/// The functions of V8 that are used, bound to the library. Nothing of V8 can be called without an instance. Only <see cref="V8Gate.Pass"/> makes one and hands it out, after it has
/// recognised the library.
/// </summary>
internal sealed class V8Api
{
    /// <param name="gate">What only the gate can make.</param>
    public V8Api(V8Gate gate)
    {
        var library = gate.Library;
        Version = gate.Version;
        Isolates = new V8Isolates(library);
        Contexts = new V8Contexts(library);
        Inspection = new V8Inspection(library);
        LazyProperties = new V8LazyProperties(library);
        Microtasks = new V8Microtasks(library);
        Objects = new V8Objects(library);
        Scripts = new V8Scripts(library);
        Snapshots = new V8Snapshots(library);
        Tasks = new V8Tasks(library);
        Lazies = new LazyProperties(this);
        // Of everything that was bound.
        Fingerprint = library.Fingerprint();
    }

    public string Version { get; }

    /// <summary>What tells this build of V8 from any other.</summary>
    public string Fingerprint { get; }

    public V8Isolates Isolates { get; }

    public V8Contexts Contexts { get; }

    public V8Inspection Inspection { get; }

    public V8LazyProperties LazyProperties { get; }

    public V8Microtasks Microtasks { get; }

    public V8Objects Objects { get; }

    public V8Scripts Scripts { get; }

    public V8Snapshots Snapshots { get; }

    public V8Tasks Tasks { get; }

    /// <summary>The globals that are made when they are first used.</summary>
    public LazyProperties Lazies { get; }
}
