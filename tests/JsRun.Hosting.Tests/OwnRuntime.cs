namespace JsRun.Hosting.Tests;

/// <summary>A host and one runtime, shared by the tests of a class that leave nothing behind in it.</summary>
public sealed class OwnRuntime : IAsyncLifetime
{
    private TestHost? _host;

    public IJsRuntime Runtime { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        Runtime = await NewAsync();
    }

    public ValueTask<IJsRuntime> NewAsync(JsRuntimeOptions? options = null) => _host!.Runtimes.CreateAsync(options, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync();
        await _host!.DisposeAsync();
    }
}
