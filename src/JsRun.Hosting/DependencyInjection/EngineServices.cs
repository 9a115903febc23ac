using Microsoft.Extensions.DependencyInjection;

namespace JsRun.DependencyInjection;

/// <summary>What runs JavaScript: isolates, pool, functions, runtimes.</summary>
internal static class EngineServices
{
    public static IServiceCollection AddEngine(this IServiceCollection services) => services;
}
