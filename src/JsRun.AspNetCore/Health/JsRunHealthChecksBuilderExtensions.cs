using JsRun;
using JsRun.AspNetCore.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds JsRun to the application's health checks.</summary>
/// <remarks>Not thread-safe: for the time in which the application is configured.</remarks>
public static class JsRunHealthChecksBuilderExtensions
{
    /// <summary>Adds a check of the pools: unhealthy where no isolate takes work or too many threads were abandoned, degraded where a queue is nearly full, requests wait, or the newest version of a function does not serve.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What to report instead of unhealthy.</param>
    /// <param name="tags">Tags to filter checks by.</param>
    /// <param name="configure">Sets when the check reports what.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static IHealthChecksBuilder AddJsRunHealthCheck(
        this IHealthChecksBuilder builder,
        string name = "jsrun",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        Action<JsRunHealthCheckOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<JsRunHealthCheckOptions>(name).Configure(configure ?? (_ => { }))
            .Validate(o => o.MaxQuarantined >= 0, "JsRun's health check: MaxQuarantined must be 0 or more.")
            .Validate(o => o.DegradedQueueShare is >= 0 and <= 1, "JsRun's health check: DegradedQueueShare must be from 0 to 1.")
            .Validate(o => o.DegradedWait >= TimeSpan.Zero, "JsRun's health check: DegradedWait must be 0 or more.")
            .ValidateOnStart();
        return builder.AddCheck<JsRunHealthCheck>(name, failureStatus, tags ?? []);
    }
}
