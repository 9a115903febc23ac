using JsRun.Options.Binding;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JsRun.Hosting.Tests.Options.Binding;

public sealed class ConfigurationWatchTests : IAsyncLifetime
{
    private readonly LogCollector _logs = new();
    private readonly IConfigurationRoot _configuration = new ConfigurationBuilder().AddInMemoryCollection([new("JsRun:Limits:Timeout", "00:00:05"), new("Other", "1")]).Build();
    private ServiceProvider _services = null!;
    private ConfigurationWatch _sut = null!;

    private LogEntry[] Told => [.. _logs.Entries.Where(e => e.Category == typeof(ConfigurationWatch).FullName)];

    public async ValueTask InitializeAsync()
    {
        _services = new ServiceCollection().AddSingleton<IConfiguration>(_configuration).AddSingleton<IHostApplicationLifetime, Microsoft.Extensions.Hosting.Internal.ApplicationLifetime>().AddLogging(logging => logging.AddProvider(_logs)).AddJsRun().Services.BuildServiceProvider();
        _sut = _services.GetServices<IHostedService>().OfType<ConfigurationWatch>().ShouldHaveSingleItem();
        await _sut.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _logs.Dispose();
    }

    [Fact]
    public void Reload_ChangedKeys_AreNamedWithoutTheirValues()
    {
        Set(("JsRun:Limits:Timeout", "00:00:06"), ("JsRun:Env:SECRET", "hidden"));

        var entry = Told.ShouldHaveSingleItem();
        entry.Level.ShouldBe(LogLevel.Warning);
        entry.Message.ShouldBe("The configuration has changed and takes effect at the next start: JsRun:Env, JsRun:Env:SECRET, JsRun:Limits:Timeout");
    }

    [Theory]
    [InlineData("JsRun:Limits:Timeuot", "00:00:01", "JsRun:Limits:Timeuot is not a known key")]
    [InlineData("JsRun:Limits:MaxTimers", "0", "JsRun:Limits:MaxTimers is '0'")]
    public void Reload_ToWhatCannotStart_IsAnErrorThatSaysWhy(string key, string value, string reason)
    {
        Set((key, value));

        var entry = Told.ShouldHaveSingleItem();
        entry.Level.ShouldBe(LogLevel.Error);
        entry.Message.ShouldContain(reason);
    }

    [Fact]
    public void Reload_OfOtherSectionsOrOfTheSame_SaysNothing()
    {
        Set(("Other", "2"));
        _configuration.Reload();

        Told.ShouldBeEmpty();
    }

    [Fact]
    public void Reload_Twice_IsToldOnceAndTheWayBackToo()
    {
        Set(("JsRun:Limits:Timeout", "00:00:06"));
        _configuration.Reload();
        Set(("JsRun:Limits:Timeout", "00:00:05"));

        Told.Select(e => e.Id).ShouldBe([281, 283]);
    }

    [Fact]
    public async Task Reload_AfterTheStop_SaysNothing()
    {
        await _sut.StopAsync(TestContext.Current.CancellationToken);

        Set(("JsRun:Limits:Timeout", "00:00:06"));

        Told.ShouldBeEmpty();
    }

    private void Set(params (string Key, string Value)[] values)
    {
        foreach (var (key, value) in values)
        {
            _configuration[key] = value;
        }

        _configuration.Reload();
    }
}
