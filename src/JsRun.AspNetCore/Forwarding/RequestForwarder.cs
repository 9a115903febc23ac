using JsRun.Functions;
using JsRun.Workers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace JsRun.AspNetCore.Forwarding;

/// <summary>Forwards requests to workers through YARP.</summary>
internal sealed class RequestForwarder(ILoggerFactory loggers) : IRequestForwarder
{
    // The time limits are the function's.
    private static readonly ForwarderRequestConfig Settings = new() { ActivityTimeout = TimeSpan.FromMilliseconds(int.MaxValue), Version = System.Net.HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

    // From a container of its own: the application's forwarder, if it has one, is the application's.
    private readonly IHttpForwarder _forwarder = Create(loggers);

    public async Task<EdgeFunctionResponse> ForwardAsync(WorkerInstance worker, ForwardedHead head, EdgeFunctionRequest request, CancellationToken caller, CancellationToken cancellationToken)
    {
        var context = (HttpContext)request.Origin!;
        var exchange = new ForwardedResponse(context, worker, head, request);
        exchange.Start(_forwarder.SendAsync(context, ForwardedResponse.Prefix, worker.Client, Settings, exchange.Transformer, exchange.Cancellation));
        return await exchange.HeadAsync(caller, cancellationToken);
    }

    private static IHttpForwarder Create(ILoggerFactory loggers)
    {
        var services = new ServiceCollection();
        services.AddSingleton(loggers);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddHttpForwarder();
        services.RemoveAll<ILoggerFactory>();
        // What fails is in JsRun's own log.
        services.AddSingleton<ILoggerFactory>(Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        return services.BuildServiceProvider().GetRequiredService<IHttpForwarder>();
    }
}
