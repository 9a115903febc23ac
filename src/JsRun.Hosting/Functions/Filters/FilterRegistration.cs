namespace JsRun.Functions.Filters;

/// <summary>A filter that the application adds to the functions of a group, or of all groups.</summary>
/// <param name="Group">The group; <see langword="null"/> for all.</param>
/// <param name="Create">Creates the filter. Called once.</param>
internal sealed record FilterRegistration(string? Group, Func<IServiceProvider, IEdgeFunctionFilter> Create);
