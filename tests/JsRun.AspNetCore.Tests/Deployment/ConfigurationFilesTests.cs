using JsRun.AspNetCore.Deployment;
using JsRun.AspNetCore.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Tests.Deployment;

public sealed class ConfigurationFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LogCollector _log = new();

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Watch_FileThatBreaks_IsAnErrorInTheLogAndStillTheApplicationsToDecide()
    {
        _folder.Write("appsettings.json", """{ "JsRun": { "Isolation": "Shared" } }""");
        var asked = 0;
        var configuration = new ConfigurationBuilder().AddJsonFile(source =>
        {
            source.Path = _folder["appsettings.json"];
            source.ResolveFileProvider();
            source.OnLoadException = context =>
            {
                asked++;
                context.Ignore = true;
            };
        }).Build();
        ConfigurationFiles.Watch(configuration, _log.CreateLogger("test"));

        _folder.Write("appsettings.json", "{ \"JsRun\": ");
        configuration.Reload();

        var entry = _log.Entries.ShouldHaveSingleItem();
        entry.Level.ShouldBe(LogLevel.Error);
        entry.Text.ShouldStartWith("The configuration file appsettings.json has changed and cannot be read");
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task MapJsFunctions_Twice_WatchesOnce()
    {
        _folder.Write("appsettings.json", "{}").Write("a/a.ts").Write("b/b.ts");
        IConfigurationRoot? configuration = null;
        await using var app = await FakeApp.StartAsync(
            app =>
            {
                app.MapJsFunctions("/a", _folder["a"]);
                app.MapJsFunctions("/b", _folder["b"]);
            },
            configure: builder =>
            {
                builder.Configuration.AddJsonFile(_folder["appsettings.json"], optional: false, reloadOnChange: false);
                configuration = builder.Configuration;
            });

        _folder.Write("appsettings.json", "{ ");

        Should.Throw<InvalidDataException>(() => configuration!.Reload());
        app.Log.Entries.Count(e => e.Id == 360).ShouldBe(1);
    }
}
