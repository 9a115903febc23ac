using JsRun.Options.Validation;

namespace JsRun;

/// <summary>The worker processes of a pool group with the placement <see cref="JsPlacement.OutOfProcess"/> (section <c>JsRun:Workers</c>, also of a group).</summary>
/// <remarks>Read when the host starts; later changes have no effect. Not thread-safe while it is being filled.</remarks>
public sealed class JsRunWorkersOptions
{
    /// <summary>Gets or sets the number of worker processes (key <c>Count</c>). Requests of a function go to the same process, unless that one is busy.</summary>
    /// <value>The default is 1; from 1 to 64.</value>
    [AllowedNumber(1, 64)]
    public int Count { get; set; } = 1;

    /// <summary>Gets or sets the time without requests after which the processes end (key <c>IdleTimeout</c>). The next request starts one.</summary>
    /// <value>The default is 5 minutes; from 1 second to 24 hours.</value>
    [AllowedTime("00:00:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets a value that indicates how the operating system confines the processes (key <c>Sandbox</c>).</summary>
    /// <value>The default is <see cref="JsWorkerSandbox.Auto"/>.</value>
    public JsWorkerSandbox Sandbox { get; set; } = JsWorkerSandbox.Auto;

    internal JsRunWorkersOptions Copy() => (JsRunWorkersOptions)MemberwiseClone();
}
