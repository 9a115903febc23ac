namespace JsRun;

/// <summary>Describes the function whose pipeline is configured (<c>ConfigureFunctionPipeline</c>). Immutable and thread-safe.</summary>
public sealed class EdgeFunctionPipelineContext
{
    internal EdgeFunctionPipelineContext(string functionName, string group, string file, IServiceProvider services) =>
        (FunctionName, Group, File, Services) = (functionName, group, file, services);

    /// <summary>Gets the function's name in logs, metrics and status: by convention its route, such as <c>/users/{id}</c>.</summary>
    public string FunctionName { get; }

    /// <summary>Gets the name of the function's pool group; <see cref="JsRunOptions.DefaultGroupName"/> for the default group.</summary>
    public string Group { get; }

    /// <summary>Gets the function's file, relative to its folder, with forward slashes.</summary>
    public string File { get; }

    /// <summary>Gets the application's services, without a scope.</summary>
    public IServiceProvider Services { get; }
}
