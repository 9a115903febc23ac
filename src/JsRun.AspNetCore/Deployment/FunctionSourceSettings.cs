using JsRun.AspNetCore.Endpoints;
using JsRun.AspNetCore.Watching;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Deployment;

/// <summary>What a source of functions works with.</summary>
internal sealed class FunctionSourceSettings
{
    /// <summary>The folder that imports must not leave, absolute.</summary>
    public required string Root { get; init; }

    public required string Group { get; init; }

    public required MappedFunctionDeployer Deployer { get; init; }

    public required FunctionEndpointDataSource Endpoints { get; init; }

    /// <summary>Notices changes, or <see langword="null"/> where they are not to be noticed.</summary>
    public required IFolderWatch? Watch { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }
}
