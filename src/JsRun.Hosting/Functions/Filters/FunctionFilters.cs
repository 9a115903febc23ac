using JsRun.Options;

namespace JsRun.Functions.Filters;

/// <summary>The filters of all functions. Thread-safe.</summary>
internal sealed class FunctionFilters
{
    private readonly (string? Group, IEdgeFunctionFilter Filter)[] _filters;

    /// <exception cref="InvalidOperationException">A filter is meant for a group that is not configured.</exception>
    public FunctionFilters(IEnumerable<FilterRegistration> registrations, JsRunGroups groups, IServiceProvider services)
    {
        var all = registrations.ToArray();
        groups.Check(all.Select(static registration => registration.Group), "A filter");
        _filters = [.. all.Select(registration => (registration.Group, registration.Create(services)))];
    }

    /// <summary>The filters of a group's functions, the outermost first; <see langword="null"/> if there are none.</summary>
    public IEdgeFunctionFilter[]? For(string group)
    {
        IEdgeFunctionFilter[] filters = [.. _filters.Where(f => f.Group is null || f.Group == group).Select(static f => f.Filter)];
        return filters.Length == 0 ? null : filters;
    }
}
