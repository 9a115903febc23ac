namespace JsRun;

/// <summary>Everything that can be configured, bound to the section <c>JsRun</c> and validated when the host starts.</summary>
/// <remarks>Read when the host starts; later changes have no effect. Not thread-safe while it is being filled.</remarks>
public sealed class JsRunOptions : JsRunGroupOptions
{
    /// <summary>The configuration section that these options are bound to.</summary>
    public const string SectionName = "JsRun";

    /// <summary>
    /// The name of the default pool group, which the section <c>JsRun</c> itself describes: the empty string. It is the default of every parameter and property that names one group. Where something is given
    /// to groups (<c>AddOp</c>, <c>AddBinding</c>, …), <see langword="null"/> means all groups, and this name only the default one.
    /// </summary>
    public const string DefaultGroupName = "";

    /// <summary>The isolates of each pool group (section <c>Pool</c>).</summary>
    public JsRunPoolOptions Pool { get; set; } = new();

    /// <summary>The engine (section <c>Engine</c>).</summary>
    public JsRunEngineOptions Engine { get; set; } = new();

    /// <summary>Images of pristine contexts (section <c>Images</c>).</summary>
    public JsRunImagesOptions Images { get; set; } = new();

    /// <summary>The inspector (section <c>Inspector</c>).</summary>
    public JsRunInspectorOptions Inspector { get; set; } = new();

    /// <summary>
    /// Pool groups by name (section <c>Groups</c>): the functions of one tenant or trust level each. What a group leaves out in configuration, or in
    /// <c>AddGroup</c>, comes from these options; a group that is put here in code is complete, and wins over configuration.
    /// </summary>
    /// <value>Empty by default: all functions belong to the group that these options themselves describe, <see cref="DefaultGroupName"/>.</value>
    public IDictionary<string, JsRunGroupOptions> Groups { get; } = new Dictionary<string, JsRunGroupOptions>(StringComparer.Ordinal);

    /// <summary>What the configuration says and cannot be bound.</summary>
    internal IReadOnlyList<string> ConfigurationFailures { get; set; } = [];
}
