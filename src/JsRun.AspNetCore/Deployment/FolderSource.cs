using JsRun.AspNetCore.Endpoints;
using JsRun.AspNetCore.Routing;

namespace JsRun.AspNetCore.Deployment;

/// <summary>A folder: its files are functions, their names are routes.</summary>
internal sealed class FolderSource(FunctionSourceSettings settings, string prefix) : FunctionSource(settings)
{
    private readonly Dictionary<string, DeployedFile> _files = new(StringComparer.Ordinal);
    private readonly SourceReport _report = new(settings.Root, settings.Logger);

    protected override async Task<IReadOnlyList<MappedFunction>> SyncFilesAsync(CancellationToken cancellationToken)
    {
        var found = FunctionFiles.List(Settings.Root);
        Remove(found);
        var invalid = new List<MappedFunction>();
        var reloads = new List<Task>(found.Count);
        var deployments = new List<Task<DeployedFile>>();
        foreach (var file in found)
        {
            if (_files.TryGetValue(file, out var known))
            {
                reloads.Add(known.Function.ReloadAsync(cancellationToken).AsTask());
            }
            else if (Parse(file, invalid) is { } route)
            {
                deployments.Add(DeployAsync(file, route, cancellationToken));
            }
        }

        foreach (var deployed in await Task.WhenAll(deployments))
        {
            _files[deployed.Route.File] = deployed;
            Follow(deployed.Function);
        }

        await Task.WhenAll(reloads);

        var mapped = RouteCollisions.Resolve(_files.Values);
        mapped.AddRange(invalid);
        mapped.Sort(static (a, b) => string.CompareOrdinal(a.File, b.File));
        _report.Tell(mapped);
        return mapped;
    }

    private async Task<DeployedFile> DeployAsync(string file, EdgeRoute route, CancellationToken cancellationToken) =>
        new(route, await Settings.Deployer.DeployAsync(Settings.Root, file, route.Template, Group, cancellationToken));

    private void Remove(List<string> found)
    {
        var present = found.ToHashSet(StringComparer.Ordinal);
        foreach (var (file, deployed) in _files)
        {
            if (!present.Contains(file))
            {
                _files.Remove(file);
                Settings.Deployer.Remove(deployed.Function, deployed.Route.Template);
            }
        }
    }

    private EdgeRoute? Parse(string file, List<MappedFunction> invalid)
    {
        try
        {
            return EdgeRouteParser.Parse(file).Under(prefix);
        }
        catch (FormatException exception)
        {
            invalid.Add(new MappedFunction($"{prefix}/{file}", file, null, exception.Message));
            return null;
        }
    }
}
