using JsRun;
using JsRun.AspNetCore.Bridge;
using JsRun.AspNetCore.Deployment;
using JsRun.AspNetCore.Endpoints;
using JsRun.AspNetCore.Forwarding;
using JsRun.AspNetCore.Problems;
using JsRun.AspNetCore.Watching;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps edge functions to routes.</summary>
/// <remarks>Not thread-safe: for the time in which the application is configured.</remarks>
public static class JsRunEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps one function to a route, for all methods. It is deployed when the host starts; a broken one answers 503 and does not stop the start.
    /// </summary>
    /// <param name="endpoints">The application, or a group of routes.</param>
    /// <param name="pattern">The route, such as <c>/users/{id}</c>: the function finds the parameters in <c>ctx.params</c>.</param>
    /// <param name="file">The file, absolute or relative to the content root. Its imports must not leave the configured folder of functions if the file is in it, otherwise the file's own folder.</param>
    /// <param name="group">The name of the pool group that the function belongs to. The default is <see cref="JsRunOptions.DefaultGroupName"/>.</param>
    /// <returns>A builder for conventions such as <c>RequireAuthorization</c>.</returns>
    /// <exception cref="InvalidOperationException"><c>AddJsRun</c> was not called.</exception>
    /// <exception cref="ArgumentException">There is no such group.</exception>
    public static JsEndpointConventionBuilder MapJsFunction(this IEndpointRouteBuilder endpoints, string pattern, string file, string group = JsRunOptions.DefaultGroupName)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentException.ThrowIfNullOrEmpty(file);
        ArgumentNullException.ThrowIfNull(group);
        var services = JsRunServices.Of(endpoints);
        var route = RoutePatternFactory.Parse(pattern).RawText!;
        var full = services.FullPath(file);
        var folder = services.Group(group).Functions.Path is { Length: > 0 } path ? services.FullPath(path) : null;
        var root = folder is not null && full.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? folder : Path.GetDirectoryName(full)!;
        return Map(endpoints, services, root, group, settings => new FileSource(settings, Path.GetRelativePath(root, full).Replace('\\', '/'), route.StartsWith('/') ? route : "/" + route));
    }

    /// <summary>
    /// Maps a folder of functions, for all methods: <c>users/[id].ts</c> serves <c>/users/{id}</c>, <c>files/[...rest].ts</c> serves <c>/files</c> and everything below it, <c>index</c> serves its folder.
    /// Files and folders that begin with <c>_</c> or <c>.</c>, <c>node_modules</c>, tests (<c>*.test.*</c>) and declarations (<c>*.d.ts</c>) are not routed.
    /// </summary>
    /// <param name="endpoints">The application, or a group of routes.</param>
    /// <param name="prefix">What the routes begin with, such as <c>/api</c>. The default is <see langword="null"/>: nothing, as with <c>/</c>.</param>
    /// <param name="path">The folder, absolute or relative to the content root. The default is <see langword="null"/>: the group's <c>Functions:Path</c>.</param>
    /// <param name="group">The name of the pool group that the functions belong to. The default is <see cref="JsRunOptions.DefaultGroupName"/>.</param>
    /// <returns>A builder for conventions such as <c>RequireAuthorization</c>: they apply to functions that are added later too.</returns>
    /// <exception cref="InvalidOperationException"><c>AddJsRun</c> was not called, or no folder is configured.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="ArgumentException">There is no such group.</exception>
    public static JsEndpointConventionBuilder MapJsFunctions(this IEndpointRouteBuilder endpoints, string? prefix = null, string? path = null, string group = JsRunOptions.DefaultGroupName)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(group);
        var services = JsRunServices.Of(endpoints);
        var folder = FunctionsRoot.Find(services, path, group);
        return Map(endpoints, services, folder, group, settings => new FolderSource(settings, Normalize(prefix)));
    }

    private static JsEndpointConventionBuilder Map(
        IEndpointRouteBuilder endpoints, JsRunServices services, string root, string group, Func<FunctionSourceSettings, FunctionSource> create)
    {
        var conventions = new JsEndpointConventionBuilder();
        var settings = services.Group(group);
        var invoker = new FunctionInvoker(
            new FunctionProblemWriter(services.Environment), HeaderEncoding.Of(services.Provider), settings.Functions.ExposeCaller, services.LoggerFactory.CreateLogger("JsRun.Functions"), services.Time);
        var source = new FunctionEndpointDataSource(conventions, invoker, services.Provider, explains: services.Environment.IsDevelopment());
        var logger = services.LoggerFactory.CreateLogger("JsRun.Deployment");
        services.Host.Forwarder ??= new RequestForwarder(services.LoggerFactory);
        if (services.Sources.All.Count == 0)
        {
            ConfigurationFiles.Watch(services.Provider.GetService<IConfiguration>(), logger);
        }

        services.Sources.Add(create(new FunctionSourceSettings
        {
            Root = root,
            Group = group,
            Deployer = new MappedFunctionDeployer(services.Host, logger),
            Endpoints = source,
            Watch = services.Watches(settings) ? new FolderWatch(root) : null,
            Time = services.Time,
            Logger = logger,
        }));
        endpoints.DataSources.Add(source);
        return conventions;
    }

    private static string Normalize(string? prefix)
    {
        var trimmed = prefix?.Trim('/') ?? "";
        return trimmed.Length == 0 ? "" : "/" + RoutePatternFactory.Parse(trimmed).RawText;
    }
}
