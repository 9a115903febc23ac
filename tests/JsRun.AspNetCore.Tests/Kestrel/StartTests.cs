using JsRun.AspNetCore.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Tests.Kestrel;

/// <summary>What delays a start, and what ends it.</summary>
public sealed class StartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_TopLevelsHang_OthersAreServed()
    {
        var files = Enumerable.Range(0, 6).ToDictionary(static i => $"hang{i}.ts", static _ => "await new Promise(() => {}); export default { fetch() { return new Response('late') } };");
        files["fine.ts"] = "export default { fetch() { return new Response('fine') } };";

        // Who waited for the hanging ones would wait for ten minutes.
        await using var server = await EdgeServer.StartAsync(files, ("Limits:StartupTimeout", "00:10:00")).WaitAsync(TimeSpan.FromSeconds(30), Token);

        (await server.GetStringAsync("/fine")).ShouldBe("fine");
        (await server.GetStringAsync("/_jsrun")).ShouldContain("It is being deployed");
    }

    [Fact]
    public async Task Start_StopIsAskedForMeanwhile_JsRunEndsQuietly()
    {
        using var folder = new TempFolder();
        folder.Write("spin.ts", "console.log('begun'); for (;;); export default { fetch() {} };");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        var log = new LogCollector();
        ((IConfigurationBuilder)builder.Configuration).Sources.Clear();
        builder.Configuration.AddInMemoryCollection([
            new("JsRun:Functions:Path", folder.Path),
            new("JsRun:Limits:StartupTimeout", "00:10:00"),
            new("JsRun:Images:Tier", "Replay")]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddJsRun();
        await using var app = builder.Build();
        app.MapJsFunctions();
        var running = app.RunAsync();
        await log.WaitForAsync(e => e.Text.Contains("begun", StringComparison.Ordinal));

        app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        // Kestrel refuses to start when it is to stop already, with JsRun or without.
        await Should.ThrowAsync<OperationCanceledException>(async () => await running.WaitAsync(TimeSpan.FromSeconds(30), Token));
        log.Entries.Where(e => e.Level >= LogLevel.Error && e.Category.StartsWith("JsRun", StringComparison.Ordinal)).ShouldBeEmpty("nothing of JsRun's failed");
    }
}
