using Microsoft.Extensions.DependencyInjection;

namespace JsRun.DependencyInjection;

internal sealed class JsRunBuilder(IServiceCollection services) : IJsRunBuilder
{
    public IServiceCollection Services { get; } = services;
}
