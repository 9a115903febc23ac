using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Hosting.Tests.WebApi.Caches;

/// <summary>One host whose caches are in a <see cref="TextCacheStore"/>.</summary>
public sealed class StoredFunctionApp : IAsyncLifetime
{
    internal FunctionApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await FunctionApp.StartAsync(
        o => o.Limits.MaxCacheBytes = 300_000,
        services: services => services.AddSingleton<IJsCacheStore, TextCacheStore>());

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
