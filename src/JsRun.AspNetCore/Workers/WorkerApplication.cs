using System.Text;
using JsRun.AspNetCore.Bridge;
using JsRun.Bindings;
using JsRun.Engine.Isolates;
using JsRun.Images.Building;
using JsRun.Modules.Compilation;
using JsRun.WebApi.Broadcast;
using JsRun.WebApi.Fetch;
using JsRun.WebApi.WebSockets;
using JsRun.Workers;
using JsRun.Workers.Sandbox;
using JsRun.Workers.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Workers;

/// <summary>The application that runs in a worker process: functions of one group behind Kestrel on a socket.</summary>
internal static class WorkerApplication
{
    private const int MostHeaderBytes = 16 << 20;
    private const int MostHeaders = 100_000;

    /// <summary>Called by the executable, by this name: runs until the host says that it is enough, or is gone.</summary>
    public static int Run(Stream input)
    {
        EngineLibrary.FindBeside();
        var (settings, _) = WorkerFrame.ReadAsync(input, WorkersJson.Default.WorkerSettings, CancellationToken.None).GetAwaiter().GetResult();
        WorkerGuards.WatchParent(input);
        RunAsync(settings).GetAwaiter().GetResult();
        return 0;
    }

    private static async Task RunAsync(WorkerSettings settings)
    {
        var uplink = new WorkerUplink();
        var log = new BrokerLoggerProvider();
        await using var application = Build(settings, uplink, log);
        var functions = application.Services.GetRequiredService<WorkerFunctions>();
        var endpoint = ActivatorUtilities.CreateInstance<WorkerEndpoint>(application.Services, HeaderEncoding.Of(application.Services));
        application.Run(endpoint.InvokeAsync);
        await application.StartAsync();
        var socket = await WorkerUplink.ConnectAsync(settings, CancellationToken.None);
        // Before anything is deployed: the calls of the host wait in the socket.
        var sandbox = settings.IsConfined ? WorkerSandbox.Seal() : null;
        await using var connection = uplink.Open(socket, functions);
        if (sandbox is not null)
        {
            await uplink.Broker.ConfinedAsync(sandbox.ToString());
        }

        _ = log.SendAsync(uplink.Broker);
        _ = application.Services.GetService<UplinkedBroadcasts>()?.SendAsync();
        // A host that is gone needs no answers.
        _ = connection.Closed.ContinueWith(static (_, state) => ((IHostApplicationLifetime)state!).StopApplication(), application.Lifetime, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await application.WaitForShutdownAsync();
    }

    private static WebApplication Build(WorkerSettings settings, WorkerUplink uplink, BrokerLoggerProvider log)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = settings.ContentRoot, EnvironmentName = settings.Environment, ApplicationName = "JsRun.Worker" });
        builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(settings.Configuration)));
        builder.Logging.AddProvider(log);
        builder.Logging.SetMinimumLevel(LogLevel.Debug);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.ListenUnixSocket(settings.RequestSocket, listen => listen.Protocols = Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http1);
            kestrel.AddServerHeader = false;
            kestrel.AllowSynchronousIO = false;
            // The host has checked what clients send; these are for what it sends itself.
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestBufferSize = 2 * MostHeaderBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = MostHeaderBytes;
            kestrel.Limits.MaxRequestHeaderCount = MostHeaders;
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromHours(1);
        });
        var services = builder.Services;
        services.AddSingleton(new WorkerIdentity(settings));
        services.AddSingleton(uplink);
        services.AddSingleton<IFetchService, BrokeredFetch>();
        services.AddSingleton<IWebSocketService, BrokeredSockets>();
        services.AddSingleton<IModuleCompiler, UplinkedCompiler>();
        services.AddSingleton<IJsCacheStore, UplinkedCaches>();
        if (settings.IsOneOfSeveral)
        {
            services.AddSingleton<UplinkedBroadcasts>();
            services.AddSingleton<IBroadcastRelay>(static provider => provider.GetRequiredService<UplinkedBroadcasts>());
        }

        var bindings = new UplinkedBindings(uplink);
        foreach (var (name, binding) in settings.Bindings)
        {
            services.AddSingleton(new BindingRegistration(null, _ => (name, null, bindings.Create(binding))));
        }

        services.AddSingleton<WorkerRunJournal>();
        services.AddSingleton<IRunJournal>(static provider => provider.GetRequiredService<WorkerRunJournal>());
        services.AddSingleton<WorkerFunctions>();
        services.AddSingleton<RunWorker>(new BrokeredImageWorker(uplink).RunAsync);
        // What of the host's environment functions may read is in the settings.
        services.AddSingleton<EnvironmentVariables>(static () => new System.Collections.Hashtable());
        services.AddJsRun();
        return builder.Build();
    }
}
