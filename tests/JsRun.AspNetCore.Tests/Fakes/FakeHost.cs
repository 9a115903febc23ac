using JsRun.Functions;
using JsRun.Workers;

namespace JsRun.AspNetCore.Tests.Fakes;

internal sealed class FakeHost : IEdgeFunctionHost
{
    private readonly List<EdgeFunction> _functions = [];

    /// <summary>Shapes each function when it is deployed, by its file.</summary>
    public Action<FakeFunction> OnDeploy { get; set; } = _ => { };

    public JsPoolStatus Pool { get; set; } = new() { Isolates = 1, MaxIsolates = 4, QueueLimit = 100 };

    public IReadOnlyList<EdgeFunction> Functions => [.. _functions];

    public List<string> Removed { get; } = [];

    public FakeFunction this[string file] => (FakeFunction)_functions.Single(f => f.Descriptor.File == file);

    public ValueTask<EdgeFunction> DeployAsync(EdgeFunctionDescriptor descriptor, CancellationToken cancellationToken = default)
    {
        _functions.ShouldNotContain(f => f.Descriptor.Name == descriptor.Name && f.Descriptor.Group == descriptor.Group, "names must be unique");
        var function = new FakeFunction(descriptor);
        function.Handler = (_, _) => new(FakeResponse.Text(descriptor.File));
        OnDeploy(function);
        _functions.Add(function);
        return new(function);
    }

    public void Remove(EdgeFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        _functions.Remove(function);
        Removed.Add(function.Descriptor.File);
    }

    public IRequestForwarder? Forwarder { get; set; }

    public IEnumerable<WorkerStatus> Workers => [];

    public Task RefreshAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public JsPoolStatus GetPoolStatus(string group = "") => Pool;
}
