using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using JsRun.Functions;
using Microsoft.AspNetCore.Http;

namespace JsRun.AspNetCore.Inspector;

/// <summary>What a debugger can attach to, as <c>json/list</c> has it.</summary>
internal sealed record InspectorTarget
{
    [JsonPropertyName("description")]
    public required string Description { get; init; }

    [JsonPropertyName("devtoolsFrontendUrl")]
    public required string DevToolsFrontendUrl { get; init; }

    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("title")]
    public required string Title { get; init; }

    [JsonPropertyName("type")]
    public string Type { get; init; } = "node";

    [JsonPropertyName("url")]
    public required string Url { get; init; }

    [JsonPropertyName("webSocketDebuggerUrl")]
    public required string WebSocketDebuggerUrl { get; init; }

    /// <summary>Describes a function for the client that has sent the request.</summary>
    /// <param name="function">The function.</param>
    /// <param name="request">The request, whose host the client can reach.</param>
    /// <param name="path">The endpoint's path, with the token.</param>
    public static InspectorTarget Of(EdgeFunction function, HttpRequest request, string path) =>
        Of(function, request.IsHttps ? "wss" : "ws", $"{request.Host}{request.PathBase}{path}");

    /// <summary>Describes a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="scheme">The scheme: <c>ws</c> or <c>wss</c>.</param>
    /// <param name="place">Host and path of the endpoint.</param>
    public static InspectorTarget Of(EdgeFunction function, string scheme, string place)
    {
        var descriptor = function.Descriptor;
        var id = IdOf(function);
        return new InspectorTarget
        {
            Description = "JsRun function",
            DevToolsFrontendUrl = $"devtools://devtools/bundled/js_app.html?experiments=true&v8only=true&{scheme}={place}/{id}",
            Id = id,
            Title = descriptor.Group.Length == 0 ? descriptor.Name : $"{descriptor.Group}: {descriptor.Name}",
            Url = new Uri(System.IO.Path.Combine(descriptor.Root, descriptor.File)).AbsoluteUri,
            WebSocketDebuggerUrl = $"{scheme}://{place}/{id}",
        };
    }

    /// <summary>The part of the URL that tells functions apart; the same at each start.</summary>
    public static string IdOf(EdgeFunction function) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{function.Descriptor.Group}\n{function.Descriptor.Name}")).AsSpan(0, 16));
}
