namespace JsRun;

/// <summary>Options for a runtime that is rented from the pool. An option that is not set has the value of the pool group. The heap and the memory of <c>ArrayBuffer</c>s are the isolate's, which other leases share: they are always the group's.</summary>
/// <remarks>Read when the runtime is created; later changes have no effect. Not thread-safe while it is being filled.</remarks>
public sealed class JsRentOptions : JsContextOptions
{
    /// <summary>Gets or sets the name of the pool group whose isolates, limits, permissions and <c>env</c> the runtime has.</summary>
    /// <value>The default is <see cref="JsRunOptions.DefaultGroupName"/>. <see langword="null"/> is not allowed.</value>
    public string Group { get; set; } = JsRunOptions.DefaultGroupName;

    /// <summary>The most time that one evaluation, import or call may take on the wall clock, from when it begins to run, unless it is given its own.</summary>
    /// <value>The default is <see langword="null"/>: the group's <see cref="JsRunLimitsOptions.Timeout"/>. At most 49 days, or <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>.</value>
    public TimeSpan? Timeout { get; set; }

    /// <summary>The most CPU time that one evaluation, import or call may use.</summary>
    /// <value>The default is <see langword="null"/>: the group's <see cref="JsRunLimitsOptions.CpuTime"/>. At most 49 days, or <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>.</value>
    public TimeSpan? CpuTime { get; set; }

    /// <summary>Capabilities such as <c>net:api.example.com</c>, in the place of the group's.</summary>
    /// <value>The default is <see langword="null"/>: those of the group. An empty list grants nothing.</value>
    public IList<string>? Permissions { get; set; }
}
