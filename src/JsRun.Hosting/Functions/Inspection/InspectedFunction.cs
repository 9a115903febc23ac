using JsRun.Groups;

namespace JsRun.Functions.Inspection;

/// <summary>What serves a function while debuggers are attached to it: the same files, deployed to an isolate of their own.</summary>
/// <param name="Function">The function.</param>
/// <param name="Group">Its group, which nobody else uses.</param>
internal sealed record InspectedFunction(DeployedFunction Function, PoolGroup Group)
{
    /// <summary>The number of debuggers that are attached. Guarded by <see cref="FunctionInspector"/>.</summary>
    public int Debuggers { get; set; }

    /// <summary>The files have changed.</summary>
    public Task ReloadAsync() => Function.ReloadAsync().AsTask();

    /// <summary>Lets requests that are under way end, for half a minute, and ends the isolate.</summary>
    public async Task EndAsync()
    {
        Function.Retire();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await Group.Pool.DrainAsync(patience.Token).ConfigureAwait(false);
        await Group.Pool.DisposeAsync().ConfigureAwait(false);
        Function.Dispose();
    }
}
