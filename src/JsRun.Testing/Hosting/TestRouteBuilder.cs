using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace JsRun.Testing.Hosting;

/// <summary>Takes what is mapped before there is a pipeline.</summary>
internal sealed class TestRouteBuilder(IServiceProvider services, ICollection<EndpointDataSource> sources) : IEndpointRouteBuilder
{
    public IServiceProvider ServiceProvider => services;

    public ICollection<EndpointDataSource> DataSources => sources;

    public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(services);
}
