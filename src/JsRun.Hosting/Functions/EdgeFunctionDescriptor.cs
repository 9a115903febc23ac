namespace JsRun.Functions;

/// <summary>What to deploy: one file of a folder.</summary>
internal sealed class EdgeFunctionDescriptor
{
    /// <summary>The name in logs, metrics and status: by convention the route, such as <c>/users/{id}</c>. Unique within its group.</summary>
    public required string Name { get; init; }

    /// <summary>The folder that the function's imports must not leave, absolute.</summary>
    public required string Root { get; init; }

    /// <summary>The file, relative to <see cref="Root"/>, with forward slashes.</summary>
    public required string File { get; init; }

    /// <summary>The pool group.</summary>
    /// <value>The default is the empty string: the group that the section <c>JsRun</c> itself describes.</value>
    public string Group { get; init; } = JsRunOptions.DefaultGroupName;

    /// <summary>The number of the first version that is deployed.</summary>
    /// <value>The default is 1.</value>
    public int FirstGeneration { get; init; } = 1;

    /// <summary>
    /// Whether <see cref="IEdgeFunctionHost.DeployAsync"/> and <see cref="EdgeFunction.ReloadAsync"/> wait until the top level has ended, however long it waits for something. If not they
    /// wait for a second and let the deployment go on by itself; requests of a function that was never deployed before wait for it.
    /// </summary>
    /// <value>The default is <see langword="true"/>. <c>MapJsFunctions</c> and <c>MapJsFunction</c> do not wait.</value>
    public bool WaitsForTopLevel { get; init; } = true;
}
