using JsRun.Cli.Execution;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace JsRun.Cli.Serving;

/// <summary>A web application that serves one folder of functions and shows their status at <c>/_jsrun</c>.</summary>
internal static class FunctionServer
{
    public static async Task<int> RunAsync(CliStreams streams, ServeSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = Build(settings);
            await app.StartAsync(cancellationToken);
            var routes = ServedFunctions.Routes(app.Services.GetRequiredService<EndpointDataSource>());
            await streams.Out.WriteLineAsync(settings.Json ? ServedFunctions.Json(settings.Folder, [.. app.Urls], routes) : ServedFunctions.Text(settings.Folder, app.Urls, routes));
            if (settings.Open && !Browser.TryOpen(ServedFunctions.StatusPage(app.Urls.First())))
            {
                await streams.Error.WriteLineAsync("No browser could be opened.");
            }

            await app.WaitForShutdownAsync(cancellationToken);
            return ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            // A stop was asked for, maybe before the server listened.
            return ExitCode.Success;
        }
        catch (OptionsValidationException e)
        {
            foreach (var failure in e.Failures)
            {
                await streams.Error.WriteLineAsync(failure);
            }

            return ExitCode.WrongUsage;
        }
        catch (Exception e) when (e is IOException or FormatException or InvalidOperationException)
        {
            await streams.Error.WriteLineAsync(ErrorText.Of(e));
            return ExitCode.WrongUsage;
        }
    }

    private static WebApplication Build(ServeSettings settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = Directory.GetCurrentDirectory() });
        builder.WebHost.UseUrls(settings.Urls);
        builder.Services.AddJsRun(options => Apply(settings, builder.Configuration, options));
        var app = builder.Build();
        app.MapJsFunctions(path: settings.Folder);
        app.MapJsStatus().AllowAnonymous();
        return app;
    }

    private static void Apply(ServeSettings settings, IConfiguration configuration, JsRunOptions options)
    {
        options.Functions.Watch ??= true;
        options.Surface = configuration.GetValue($"{JsRunOptions.SectionName}:{nameof(options.Surface)}", JsSurface.Full);
        options.Limits.Timeout = settings.Timeout ?? options.Limits.Timeout;
        options.Limits.MaxHeapBytes = settings.MaxHeapBytes ?? options.Limits.MaxHeapBytes;
        foreach (var (name, value) in settings.Env)
        {
            options.Env[name] = value;
        }

        foreach (var permission in settings.Permissions)
        {
            options.Permissions.Add(permission);
        }
    }
}
