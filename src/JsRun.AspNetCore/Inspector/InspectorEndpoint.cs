using System.Security.Cryptography;
using JsRun.AspNetCore.Deployment;
using JsRun.Functions;
using JsRun.Functions.Inspection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Inspector;

/// <summary>Serves the Chrome DevTools protocol: discovery as JSON, and a WebSocket for each function.</summary>
internal sealed class InspectorEndpoint
{
    private const int TokenBytes = 32;

    private readonly JsRunServices _services;
    private readonly FunctionInspector _inspector;
    private readonly ILogger _logger;
    private readonly InspectorAccess _access;
    private readonly string _path;

    public InspectorEndpoint(JsRunServices services)
    {
        var options = services.Options.Inspector;
        _services = services;
        _inspector = services.Provider.GetRequiredService<FunctionInspector>();
        _logger = services.LoggerFactory.CreateLogger("JsRun.Inspector");
        IsEnabled = options.Enabled ?? services.Environment.IsDevelopment();
        Root = options.Path.TrimEnd('/');
        var token = options.Token ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        _path = $"{Root}/{token}";
        var hosts = services.Provider.GetService<IConfiguration>()?["AllowedHosts"]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        _access = new InspectorAccess(token, hosts);
        if (IsEnabled)
        {
            services.Provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(Announce);
        }
    }

    /// <summary>Gets whether it answers at all.</summary>
    public bool IsEnabled { get; }

    /// <summary>The endpoint's path, without the token.</summary>
    public string Root { get; }

    public async Task ServeAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var rest = context.Request.RouteValues["rest"] as string ?? "";
        if (!IsEnabled || !_access.Allows(context.Request, context.Request.RouteValues["token"] as string ?? ""))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        switch (rest)
        {
            case "json" or "json/list":
                await context.Response.WriteAsJsonAsync(
                    _services.Host.Functions.Where(IsTarget).Select(function => InspectorTarget.Of(function, context.Request, _path)).ToArray(), InspectorJsonContext.Default.InspectorTargetArray, cancellationToken: context.RequestAborted);
                return;
            case "json/version":
                await context.Response.WriteAsJsonAsync(new InspectorVersion(), InspectorJsonContext.Default.InspectorVersion, cancellationToken: context.RequestAborted);
                return;
        }

        if (_services.Host.Functions.FirstOrDefault(function => InspectorTarget.IdOf(function) == rest) is { } target)
        {
            await AttachAsync(context, target);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task AttachAsync(HttpContext context, EdgeFunction target)
    {
        if (_inspector.UnavailableFor(target) is { } reason)
        {
            await Results.Problem(reason, statusCode: StatusCodes.Status501NotImplemented, type: "urn:jsrun:problem:inspector-unavailable").ExecuteAsync(context);
            return;
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            await Results.Problem("Debuggers connect with a WebSocket.", statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
            return;
        }

        var connection = await _inspector.AttachAsync((DeployedFunction)target, context.RequestAborted);
        await using (connection)
        {
            _logger.Attached(target.Descriptor.Name);
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await InspectorSocket.RunAsync(socket, connection, context.RequestAborted);
        }

        _logger.Detached(target.Descriptor.Name);
    }

    private static bool IsTarget(EdgeFunction function) => function.State is EdgeFunctionState.Ready or EdgeFunctionState.Failed;

    private void Announce()
    {
        if (_inspector.Unavailable is { } reason)
        {
            _logger.Unavailable(reason);
            return;
        }

        if (_services.Provider.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } address || !Uri.TryCreate(address, UriKind.Absolute, out var url))
        {
            return;
        }

        _logger.Listening($"{address.TrimEnd('/')}{_path}");
        foreach (var function in _services.Host.Functions.Where(IsTarget))
        {
            var target = InspectorTarget.Of(function, url.Scheme == Uri.UriSchemeHttps ? "wss" : "ws", $"{url.Authority}{_path}");
            _logger.Target(function.Descriptor.Name, target.DevToolsFrontendUrl, target.WebSocketDebuggerUrl);
        }
    }
}
