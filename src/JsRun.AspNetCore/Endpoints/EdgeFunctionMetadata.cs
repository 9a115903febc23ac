using JsRun.Functions;

namespace JsRun;

/// <summary>Describes the function that serves an endpoint. It is in the metadata of each endpoint that <c>MapJsFunction</c> or <c>MapJsFunctions</c> adds. Thread-safe; its values are those of now.</summary>
public sealed class EdgeFunctionMetadata
{
    internal EdgeFunctionMetadata(EdgeFunction function) => Function = function;

    internal EdgeFunction Function { get; }

    /// <summary>Gets the function's name in logs, metrics and status: by convention the route, such as <c>/users/{id}</c>.</summary>
    public string Name => Function.Descriptor.Name;

    /// <summary>Gets the function's file, relative to its folder, with forward slashes.</summary>
    public string File => Function.Descriptor.File;

    /// <summary>Gets the name of the function's pool group; the name of the default group is empty.</summary>
    public string Group => Function.Descriptor.Group;

    /// <summary>Gets whether the function answers requests.</summary>
    public EdgeFunctionState State => Function.State;

    /// <summary>Gets the number of the deployed version that serves: 1 for the first, 0 if none was deployed yet.</summary>
    public int Generation => Function.Generation;

    /// <summary>Gets the reason why the newest version of the file does not serve: message, file, line, column and code frame. It is <see langword="null"/> if the newest version serves.</summary>
    public string? Error => Function.Error;

    /// <inheritdoc/>
    public override string ToString() => $"JsRun function: {File}";
}
