using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JsRun.Packages.Tests;

/// <summary>The bundled functions behind Kestrel in one of the isolation modes, with a small database of JSON beside them.</summary>
public sealed class PackagesApp : IAsyncDisposable
{
    private PackagesApp(WebApplication app)
    {
        App = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Client { get; }

    private WebApplication App { get; }

    public static async Task<PackagesApp> StartAsync(JsIsolation isolation)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        ((IConfigurationBuilder)builder.Configuration).Sources.Clear();
        builder.Configuration.AddInMemoryCollection([
            new("JsRun:Functions:Path", Path.Combine(AppContext.BaseDirectory, "functions")),
            new("JsRun:Functions:Watch", "false"),
            new("JsRun:Isolation", isolation.ToString()),
            new("JsRun:Permissions:0", "net:127.0.0.1"),
            // Megabytes of code on a machine that runs other tests beside.
            new("JsRun:Limits:StartupTimeout", "00:00:30")]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddJsRun();
        var app = builder.Build();
        MapDatabase(app);
        app.MapJsFunctions();
        await app.StartAsync();
        return new PackagesApp(app);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }

    // What the client's REST calls expect of the service, as far as these tests go.
    private static void MapDatabase(WebApplication app)
    {
        app.MapPost("/rest/v1/todos", async (HttpRequest request) =>
        {
            var todo = (await JsonSerializer.DeserializeAsync<Dictionary<string, JsonElement>>(request.Body))!;
            todo["id"] = JsonSerializer.SerializeToElement(3);
            return request.Headers.Accept.ToString().Contains("vnd.pgrst.object", StringComparison.Ordinal) && request.Headers["apikey"] == "a-key"
                ? Results.Json(todo, statusCode: StatusCodes.Status201Created)
                : Results.BadRequest();
        });
        app.MapGet("/rest/v1/todos", (string select, string done, string order, int limit) =>
            Results.Json(new object[] { new { id = 1, title = $"{select}|{done}|{order}|{limit}" } }));
        app.MapGet("/rest/v1/nothing", () => Results.Json(new { code = "42P01", message = "there is no such table" }, statusCode: StatusCodes.Status404NotFound));
        app.MapGet("/storage/v1/object/files/hello.txt", () => Results.Text("hello from the storage"));
    }
}
