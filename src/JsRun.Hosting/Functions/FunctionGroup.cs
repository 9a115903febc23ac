using JsRun.Engine;
using JsRun.Pooling;

namespace JsRun.Functions;

/// <summary>A pool group at run time: its settings, what its contexts have in common, and its pool.</summary>
internal sealed class FunctionGroup(string name, JsRunGroupOptions options, ContextOptions context, IsolatePool pool)
{
    public string Name { get; } = name;

    public JsRunGroupOptions Options { get; } = options;

    /// <summary>For contexts that belong to no function.</summary>
    public ContextOptions Context { get; } = context;

    public IsolatePool Pool { get; } = pool;
}
