namespace JsRun.Hosting.Tests;

/// <summary>One host for all tests of a class, whose functions have names of their own.</summary>
public sealed class SharedFunctionApp : IAsyncLifetime
{
    internal FunctionApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await FunctionApp.StartAsync(o => o.Limits.Timeout = TimeSpan.FromSeconds(2));

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
