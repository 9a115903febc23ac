using JsRun.Functions;

namespace JsRun.Groups;

/// <summary>The functions of a group that its isolates made contexts for of late: a new isolate has some of them stand by. Thread-safe.</summary>
internal sealed class RecentFunctions
{
    private const int Most = 8;

    private readonly Lock _lock = new();
    private readonly LinkedList<EdgeFunctionDefinition> _definitions = new();

    public void Add(EdgeFunctionDefinition definition)
    {
        lock (_lock)
        {
            _definitions.Remove(definition);
            _definitions.AddFirst(definition);
            if (_definitions.Count > Most)
            {
                _definitions.RemoveLast();
            }
        }
    }

    public EdgeFunctionDefinition[] Take()
    {
        lock (_lock)
        {
            return [.. _definitions.Where(d => !d.IsRetired)];
        }
    }
}
