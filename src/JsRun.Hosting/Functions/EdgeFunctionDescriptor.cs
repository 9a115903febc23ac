namespace JsRun;

/// <summary>What to deploy: one file of a folder.</summary>
public sealed class EdgeFunctionDescriptor
{
    /// <summary>The name in logs, metrics and status: by convention the route, such as <c>/users/{id}</c>. Unique within its group.</summary>
    public required string Name { get; init; }

    /// <summary>The folder that the function's imports must not leave, absolute.</summary>
    public required string Root { get; init; }

    /// <summary>The file, relative to <see cref="Root"/>, with forward slashes.</summary>
    public required string File { get; init; }

    /// <summary>The pool group.</summary>
    /// <value>The default is the empty string: the group that the section <c>JsRun</c> itself describes.</value>
    public string Group { get; init; } = "";
}
