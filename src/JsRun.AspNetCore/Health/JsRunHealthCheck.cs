using JsRun.Functions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace JsRun.AspNetCore.Health;

/// <summary>Looks at every group's pool.</summary>
internal sealed class JsRunHealthCheck(IEdgeFunctionHost host, IOptions<JsRunOptions> options, IOptionsMonitor<JsRunHealthCheckOptions> limits) : IHealthCheck
{
    private const int MostNamed = 5;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        await host.RefreshAsync(cancellationToken);
        var status = HealthStatus.Healthy;
        var description = "Isolates are ready.";
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var group in (IEnumerable<string>)[JsRunOptions.DefaultGroupName, .. options.Value.Groups.Keys])
        {
            var pool = host.GetPoolStatus(group);
            var prefix = group.Length == 0 ? "" : group + ".";
            data[prefix + "isolates"] = pool.Isolates;
            data[prefix + "quarantined"] = pool.Quarantined;
            data[prefix + "leases"] = pool.Leases;
            data[prefix + "queued"] = pool.Queued;
            data[prefix + "streams"] = pool.Streams;
            data[prefix + "retiring"] = pool.Retiring;
            var (found, reason) = Judge(group, pool, limits.Get(context.Registration.Name));
            if (found < status)
            {
                status = found;
                description = group.Length == 0 ? reason : $"Group '{group}': {reason}";
            }
        }

        var failing = host.Functions.Where(static f => f.Error is not null).Select(static f => f.Descriptor.Name).ToArray();
        data["failing"] = failing;
        if (failing.Length > 0 && status == HealthStatus.Healthy)
        {
            status = HealthStatus.Degraded;
            description = $"The newest version of {failing.Length} functions does not serve: {string.Join(", ", failing.Take(MostNamed))}{(failing.Length > MostNamed ? ", …" : ".")}";
        }

        // The registration's own idea of a failure holds: an application may call "degraded" what is "unhealthy" here.
        return new HealthCheckResult(status == HealthStatus.Unhealthy ? context.Registration.FailureStatus : status, description, null, data);
    }

    // Of workers there are none until they are needed.
    private bool IsHosted(string group) => (group.Length == 0 ? options.Value : options.Value.Groups[group]).Placement == JsPlacement.InProcess;

    private (HealthStatus Status, string Reason) Judge(string group, JsPoolStatus pool, JsRunHealthCheckOptions limits)
    {
        if (pool.Quarantined > limits.MaxQuarantined)
        {
            return (HealthStatus.Unhealthy, $"{pool.Quarantined} threads could not be stopped, were abandoned and still run: restart the process if they do not end.");
        }

        if (pool is { Isolates: 0, Starting: > 0 })
        {
            // What one tenant does to its isolates must not have the process restarted.
            return (HealthStatus.Degraded, "The isolate that takes work is being replaced.");
        }

        if (pool.Isolates == 0 && pool.Quarantined < options.Value.Pool.MaxQuarantined && options.Value.Pool.MinIsolates > 0 && IsHosted(group))
        {
            return (HealthStatus.Unhealthy, "No isolate takes work.");
        }

        if (pool.Queued > pool.QueueLimit * limits.DegradedQueueShare)
        {
            return (HealthStatus.Degraded, $"{pool.Queued} of at most {pool.QueueLimit} requests wait for an isolate.");
        }

        return pool.LongestWait > limits.DegradedWait
            ? (HealthStatus.Degraded, $"{pool.Queued} requests wait for an isolate, the first for {pool.LongestWait.TotalSeconds:0.0} seconds; {pool.Streams} of {pool.Leases} leases are held by open streams and slow uploads.")
            : (HealthStatus.Healthy, "Isolates are ready.");
    }
}
