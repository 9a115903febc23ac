namespace JsRun;

/// <summary>The options that a pool group can set for itself. An option that the group does not set has the value of the section <c>JsRun</c>.</summary>
/// <remarks>Read when the host starts; later changes have no effect. Not thread-safe while it is being filled.</remarks>
public class JsRunGroupOptions
{
    /// <summary>Gets or sets the state that requests share (key <c>Isolation</c>).</summary>
    /// <value>The default is <see cref="JsIsolation.PerRequest"/>.</value>
    public JsIsolation Isolation { get; set; } = JsIsolation.PerRequest;

    /// <summary>Gets or sets the process in which isolates live (key <c>Placement</c>).</summary>
    /// <value>The default is <see cref="JsPlacement.InProcess"/>.</value>
    public JsPlacement Placement { get; set; } = JsPlacement.InProcess;

    /// <summary>Gets or sets the globals that functions see (key <c>Surface</c>).</summary>
    /// <value>The default is <see cref="JsSurface.Contained"/>.</value>
    public JsSurface Surface { get; set; } = JsSurface.Contained;

    /// <summary>The folder of functions (section <c>Functions</c>).</summary>
    public JsRunFunctionsOptions Functions { get; set; } = new();

    /// <summary>Limits of every function of the group (section <c>Limits</c>).</summary>
    public JsRunLimitsOptions Limits { get; set; } = new();

    /// <summary>Gets or sets the worker processes (section <c>Workers</c>), if <see cref="Placement"/> is <see cref="JsPlacement.OutOfProcess"/>.</summary>
    public JsRunWorkersOptions Workers { get; set; } = new();

    /// <summary>Capabilities such as <c>net:api.example.com</c>, <c>env:PUBLIC_*</c>, <c>op:notify</c> (list <c>Permissions</c>).</summary>
    /// <value>Empty by default: no I/O.</value>
    public IList<string> Permissions { get; } = [];

    /// <summary>String values given to functions as <c>env</c> (section <c>Env</c>).</summary>
    /// <value>Empty by default.</value>
    public IDictionary<string, string> Env { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    internal JsRunGroupOptions Copy()
    {
        var copy = new JsRunGroupOptions
        {
            Isolation = Isolation,
            Placement = Placement,
            Surface = Surface,
            Functions = Functions.Copy(),
            Limits = Limits.Copy(),
            Workers = Workers.Copy(),
        };
        foreach (var permission in Permissions)
        {
            copy.Permissions.Add(permission);
        }

        foreach (var (name, value) in Env)
        {
            copy.Env[name] = value;
        }

        return copy;
    }

    /// <summary>Copies them for functions that a debugger may pause.</summary>
    internal JsRunGroupOptions ForInspection()
    {
        var copy = (JsRunGroupOptions)MemberwiseClone();
        copy.Limits = Limits.WithoutClock();
        return copy;
    }
}
