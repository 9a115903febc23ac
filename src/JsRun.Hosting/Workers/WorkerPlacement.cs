using System.Collections.Concurrent;
using JsRun.Groups;
using JsRun.Images.Building;
using JsRun.Workers.Brokering;
using JsRun.Workers.Sandbox;
using Microsoft.Extensions.Options;

namespace JsRun.Workers;

/// <summary>The placement <see cref="JsPlacement.OutOfProcess"/>: the worker processes of all groups that have it. Thread-safe.</summary>
internal sealed class WorkerPlacement(PoolGroups groups, Lazy<WorkerServices> services) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, WorkerGroup> _groups = new(StringComparer.Ordinal);

    /// <summary>Forwards requests. <c>JsRun.AspNetCore</c> sets it when it maps the first function.</summary>
    public IRequestForwarder? Forwarder { get; set; }

    public IEnumerable<WorkerStatus> Status => _groups.Values.SelectMany(static group => group.Status);

    /// <summary>Finds out whether groups can live in workers as the configuration asks. What the machine lacks to confine them is in the log.</summary>
    /// <exception cref="OptionsValidationException">A binding holds a stream, or a measure is missing that <see cref="JsWorkerSandbox.Required"/> needs.</exception>
    public void Check()
    {
        foreach (var group in groups.All.Where(static g => g is { IsHosted: false, Context.Bindings: not null }))
        {
            try
            {
                _ = new BrokeredBindings(group.Context, services.Value.Logger);
            }
            catch (JsConversionException e)
            {
                throw Refused($"{SectionOf(group)}:Placement is 'OutOfProcess', and a binding of this group cannot be sent to a worker process. {e.Message}");
            }
        }

        if (groups.All.FirstOrDefault(static g => !g.IsHosted) is { } placed)
        {
            try
            {
                WorkerLauncher.Locate();
            }
            catch (WorkerException e)
            {
                throw Refused($"{SectionOf(placed)}:Placement is 'OutOfProcess', and worker processes cannot be started: {e.Message}.");
            }
        }

        var confined = groups.All.Where(static g => !g.IsHosted && g.Options.Workers.Sandbox != JsWorkerSandbox.Off).ToArray();
        var missing = confined.Length == 0 ? "" : WorkerSandbox.Detect().Missing;
        if (missing.Length == 0)
        {
            return;
        }

        if (Array.Find(confined, static g => g.Options.Workers.Sandbox == JsWorkerSandbox.Required) is { } strict)
        {
            throw Refused($"{SectionOf(strict)}:Workers:Sandbox is 'Required', and this machine does not have all measures ({missing}): choose Auto to use those that it has.");
        }

        services.Value.Logger.SandboxIncomplete(missing);
    }

    public WorkerGroup Get(string name) => _groups.GetOrAdd(name, static (name, placement) => new WorkerGroup(placement.Groups.Get(name), placement.Services.Value), this);

    /// <summary>The state of a group's pool when it was asked for last.</summary>
    public JsPoolStatus PoolOf(string group) => _groups.TryGetValue(group, out var workers) ? workers.Pool : new JsPoolStatus();

    public Task RefreshAsync(CancellationToken cancellationToken) => Task.WhenAll(_groups.Values.Select(group => group.RefreshAsync(cancellationToken)));

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(_groups.Values.Select(group => group.StopAsync(cancellationToken)));

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync().ConfigureAwait(false);
        await StopAsync(now.Token).ConfigureAwait(false);
        foreach (var group in _groups.Values)
        {
            group.Dispose();
        }
    }

    private static string SectionOf(PoolGroup group) => group.Name.Length == 0 ? JsRunOptions.SectionName : $"{JsRunOptions.SectionName}:Groups:{group.Name}";

    private static OptionsValidationException Refused(string error) => new(nameof(JsRunOptions), typeof(JsRunOptions), [error]);

    private PoolGroups Groups => groups;

    private Lazy<WorkerServices> Services => services;
}
