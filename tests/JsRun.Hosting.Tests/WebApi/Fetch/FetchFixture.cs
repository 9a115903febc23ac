using System.Net;
using JsRun.Permissions;
using JsRun.Scheduling;
using JsRun.WebApi.Fetch;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Hosting.Tests.WebApi.Fetch;

/// <summary>The service as an application has it, with a resolver of the test's own.</summary>
internal sealed class FetchFixture : IDisposable
{
    private readonly ServiceProvider _services;

    public FetchFixture(params string[] addresses)
    {
        HostResolver resolver = _ => [.. addresses.Select(IPAddress.Parse)];
        _services = new ServiceCollection().AddSingleton(resolver).AddJsRun().Services.BuildServiceProvider();
    }

    public Task<FetchResult> SendAsync(string url, string permission, string method = "GET", string headers = "", FetchBody body = default, CancellationTokenSource? cancellation = null) =>
        _services.GetRequiredService<IFetchService>().SendAsync(new(method, url, headers, body), new FetchCaller(PermissionSet.Parse([permission]), "", new WorkLane(1)), cancellation?.Token ?? CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public void Dispose() => _services.Dispose();

    public static async Task<string> TextAsync(FetchResult result)
    {
        using var reader = new StreamReader(result.Body!);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
