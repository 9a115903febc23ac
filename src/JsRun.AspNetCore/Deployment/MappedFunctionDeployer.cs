using JsRun.Functions;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Deployment;

/// <summary>Deploys and reloads single functions.</summary>
internal sealed class MappedFunctionDeployer(IEdgeFunctionHost host, ILogger logger)
{
    /// <summary>Deploys a function. Several may be deployed at a time: each has its name when the method returns.</summary>
    public async Task<EdgeFunction> DeployAsync(string root, string file, string route, string group, CancellationToken cancellationToken)
    {
        // A top level that hangs delays neither the start nor the other functions.
        var descriptor = new EdgeFunctionDescriptor { Name = UniqueName(route, file, group), Root = root, File = file, Group = group, WaitsForTopLevel = false };
        return await host.DeployAsync(descriptor, cancellationToken);
    }

    public void Remove(EdgeFunction function, string route)
    {
        host.Remove(function);
        logger.Removed(function.Descriptor.File, route);
    }

    /// <summary>The route, unless another file or another mapping has that name already.</summary>
    private string UniqueName(string route, string file, string group)
    {
        var name = route;
        for (var n = 1; IsTaken(name, group); n++)
        {
            name = n == 1 ? $"{route} ({file})" : $"{route} ({file}, {n})";
        }

        return name;
    }

    private bool IsTaken(string name, string group)
    {
        foreach (var function in host.Functions)
        {
            if (function.Descriptor.Name == name && function.Descriptor.Group == group)
            {
                return true;
            }
        }

        return false;
    }
}
