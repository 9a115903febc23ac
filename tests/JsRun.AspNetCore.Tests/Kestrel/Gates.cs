using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace JsRun.AspNetCore.Tests.Kestrel;

/// <summary>
/// Endpoints that let functions and tests meet: <c>/gate/{name}</c> answers once the test opens it, <c>/barrier/{count}</c> once so many requests wait there.
/// </summary>
internal sealed class Gates
{
    private static readonly TimeSpan Wedged = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Gate> _gates = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _full = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;

    public void Map(IEndpointRouteBuilder app)
    {
        app.Map("/gate/{name}", async (string name, HttpContext context) =>
        {
            this[name].Reached.TrySetResult();
            await this[name].Opened.Task.WaitAsync(context.RequestAborted);
            return name;
        });
        app.Map("/barrier/{count:int}", async (int count, HttpContext context) =>
        {
            if (Interlocked.Increment(ref _waiting) == count)
            {
                _full.SetResult();
            }

            await _full.Task.WaitAsync(context.RequestAborted);
            return "through";
        });
    }

    /// <summary>A request waits at the gate, or has passed it.</summary>
    public Task ReachedAsync(string name) => this[name].Reached.Task.WaitAsync(Wedged, TestContext.Current.CancellationToken);

    public void Open(string name) => this[name].Opened.TrySetResult();

    public void OpenAll()
    {
        foreach (var name in _gates.Keys)
        {
            Open(name);
        }
    }

    private Gate this[string name] => _gates.GetOrAdd(name, _ => new Gate());

    private sealed class Gate
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
