using JsRun.AspNetCore.Deployment;

namespace JsRun.AspNetCore.Status;

/// <summary>Collects what <c>/_jsrun</c> answers.</summary>
internal sealed class StatusReporter(JsRunServices services)
{
    public async Task<StatusReport> ReportAsync(CancellationToken cancellationToken)
    {
        await services.Host.RefreshAsync(cancellationToken);
        var functions = new List<MappedFunctionStatus>();
        foreach (var source in services.Sources.All)
        {
            if (source is FunctionSource known)
            {
                Add(functions, known);
            }
        }

        return new StatusReport(functions, services.Host.GetPoolStatus(), Groups(), services.Host.Workers.ToArray() is { Length: > 0 } workers ? workers : null);
    }

    private void Add(List<MappedFunctionStatus> functions, FunctionSource source)
    {
        foreach (var mapped in source.Functions)
        {
            var function = mapped.Function;
            functions.Add(new MappedFunctionStatus(
                mapped.Route,
                mapped.File,
                function?.Generation ?? 0,
                function?.Isolation ?? services.Group(source.Group).Isolation,
                function?.Tier.ToString() ?? services.Options.Images.Tier.ToString(),
                function?.TierReason,
                mapped.State,
                mapped.Problem ?? function?.Error,
                function?.Requests ?? 0,
                services.Options.Groups.Count > 0 ? source.Group : null));
        }
    }

    private Dictionary<string, JsPoolStatus>? Groups()
    {
        if (services.Options.Groups.Count == 0)
        {
            return null;
        }

        var groups = new Dictionary<string, JsPoolStatus>(StringComparer.Ordinal);
        foreach (var name in services.Options.Groups.Keys)
        {
            groups[name] = services.Host.GetPoolStatus(name);
        }

        return groups;
    }
}
