using JsRun.AspNetCore.Endpoints;
using JsRun.Functions;

namespace JsRun.AspNetCore.Deployment;

/// <summary>One file on a route that the application names.</summary>
internal sealed class FileSource(FunctionSourceSettings settings, string file, string route) : FunctionSource(settings)
{
    private readonly SourceReport _report = new($"{file} on {route}", settings.Logger);
    private EdgeFunction? _function;

    protected override async Task<IReadOnlyList<MappedFunction>> SyncFilesAsync(CancellationToken cancellationToken)
    {
        if (_function is null)
        {
            _function = await Settings.Deployer.DeployAsync(Settings.Root, file, route, Group, cancellationToken);
            Follow(_function);
        }
        else
        {
            await _function.ReloadAsync(cancellationToken);
        }

        // A library makes no sense here: the application names the file because it is to serve.
        var problem = _function.State == EdgeFunctionState.Library
            ? _function.Error ?? $"'{file}' is mapped to {route} and serves nothing: it has no default export. Write \"export default {{ fetch(request, env, ctx) {{ … }} }}\"."
            : null;
        MappedFunction[] mapped = [new(route, file, _function, problem) { Explains = problem is not null }];
        _report.Tell(mapped);
        return mapped;
    }
}
