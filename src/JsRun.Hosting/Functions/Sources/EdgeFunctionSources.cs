namespace JsRun.Functions.Sources;

/// <summary>The sources of functions of one application. They are added while the application is built, after its container was. Thread-safe; a singleton in the container.</summary>
internal sealed class EdgeFunctionSources
{
    private readonly Lock _lock = new();
    private IEdgeFunctionSource[] _sources = [];

    /// <summary>The sources, in the order in which they were added.</summary>
    public IReadOnlyList<IEdgeFunctionSource> All
    {
        get
        {
            lock (_lock)
            {
                return _sources;
            }
        }
    }

    /// <summary>Adds a source.</summary>
    /// <param name="source">The source; deployed when the host starts.</param>
    public void Add(IEdgeFunctionSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        lock (_lock)
        {
            _sources = [.. _sources, source];
        }
    }
}
