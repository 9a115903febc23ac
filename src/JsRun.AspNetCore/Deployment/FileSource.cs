using JsRun.Endpoints;

namespace JsRun.Deployment;

/// <summary>One file on a route that the application names.</summary>
internal sealed class FileSource(FunctionSourceSettings settings, string file, string route) : FunctionSource(settings)
{
    private EdgeFunction? _function;

    protected override async Task<IReadOnlyList<MappedFunction>> SyncFilesAsync(CancellationToken cancellationToken)
    {
        if (_function is null)
        {
            _function = await Settings.Deployer.DeployAsync(Settings.Root, file, route, Group, cancellationToken);
        }
        else
        {
            await Settings.Deployer.ReloadAsync(_function, cancellationToken);
        }

        return [new MappedFunction(route, file, _function, null)];
    }
}
