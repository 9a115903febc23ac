namespace JsRun.Packages.Tests;

/// <summary>One server for each isolation mode, shared by all tests.</summary>
public sealed class PackagesFixture : IAsyncLifetime
{
    private readonly Dictionary<JsIsolation, PackagesApp> _apps = [];

    public HttpClient this[JsIsolation isolation] => _apps[isolation].Client;

    public async ValueTask InitializeAsync()
    {
        foreach (var isolation in Enum.GetValues<JsIsolation>())
        {
            _apps[isolation] = await PackagesApp.StartAsync(isolation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps.Values)
        {
            await app.DisposeAsync();
        }
    }
}
