namespace JsRun.Runtimes;

/// <summary>The names of a runtime's ops, which are given once. Thread-safe.</summary>
internal sealed class RuntimeOps
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public void Add(JsOp op)
    {
        lock (_names)
        {
            if (!_names.Add(op.Name))
            {
                throw new ArgumentException($"The runtime has an op of the name '{op.Name}' already: each name can be used once.", nameof(op));
            }
        }
    }

    public void Remove(JsOp op)
    {
        lock (_names)
        {
            _names.Remove(op.Name);
        }
    }
}
