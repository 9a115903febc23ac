namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>Runtimes of one host that lives as long as the tests.</summary>
internal static class TestRuntimes
{
    private static readonly Lazy<Task<TestHost>> Host = new(static () => TestHost.StartAsync());

    public static async Task<IJsRuntime> CreateAsync(CancellationToken cancellationToken, JsRuntimeOptions? options = null) =>
        await (await Host.Value).Runtimes.CreateAsync(options ?? new JsRuntimeOptions(), cancellationToken);
}
