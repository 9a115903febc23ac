using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;

namespace JsRun.Testing.Hosting;

/// <summary>Serves the functions of a test in a branch before the application's own pipeline, which gets every request that they do not answer.</summary>
internal sealed class TestFunctions(string folder) : IStartupFilter
{
    private readonly List<EndpointDataSource> _sources = [];

    /// <summary>Maps the functions, before the host deploys what is mapped.</summary>
    public void Map(IServiceProvider services) => new TestRouteBuilder(services, _sources).MapJsFunctions(path: folder);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(rest =>
        {
            var branch = app.New();
            branch.UseRouting();
            branch.UseEndpoints(endpoints =>
            {
                foreach (var source in _sources)
                {
                    endpoints.DataSources.Add(source);
                }
            });
            branch.Run(rest);
            return branch.Build();
        });
        next(app);
    };
}
