using JsRun.Diagnostics;
using JsRun.Functions;
using JsRun.Functions.Sources;
using JsRun.Options;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JsRun.AspNetCore.Deployment;

/// <summary>What mapping needs of the application's container.</summary>
internal sealed class JsRunServices
{
    private readonly JsRunGroups _groups;

    private JsRunServices(IServiceProvider provider, EdgeFunctionSources sources)
    {
        Provider = provider;
        Sources = sources;
        _groups = provider.GetRequiredService<JsRunGroups>();
        Host = provider.GetRequiredService<IEdgeFunctionHost>();
        Options = provider.GetRequiredService<IOptions<JsRunOptions>>().Value;
        Environment = provider.GetRequiredService<IHostEnvironment>();
        Time = provider.GetService<TimeProvider>() ?? TimeProvider.System;
        LoggerFactory = new GuardedLoggerFactory(provider.GetRequiredService<ILoggerFactory>());
    }

    public IServiceProvider Provider { get; }

    public EdgeFunctionSources Sources { get; }

    public IEdgeFunctionHost Host { get; }

    public JsRunOptions Options { get; }

    public IHostEnvironment Environment { get; }

    public TimeProvider Time { get; }

    public ILoggerFactory LoggerFactory { get; }

    /// <exception cref="InvalidOperationException"><c>AddJsRun</c> was not called.</exception>
    public static JsRunServices Of(IEndpointRouteBuilder endpoints)
    {
        var provider = endpoints.ServiceProvider;
        var sources = provider.GetService<EdgeFunctionSources>()
            ?? throw new InvalidOperationException("JsRun's services are missing. Call builder.Services.AddJsRun() before the application is built.");
        return new JsRunServices(provider, sources);
    }

    /// <summary>The options of a group.</summary>
    /// <exception cref="ArgumentException">There is no such group.</exception>
    public JsRunGroupOptions Group(string group) => _groups.GetGroup(group);

    public bool Watches(JsRunGroupOptions group) => group.Functions.Watch ?? Environment.IsDevelopment();

    /// <summary>A path of the configuration or the code: absolute, or relative to the content root.</summary>
    public string FullPath(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, Environment.ContentRootPath));
}
