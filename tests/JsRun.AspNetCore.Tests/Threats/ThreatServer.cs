using JsRun.AspNetCore.Tests.Kestrel;

namespace JsRun.AspNetCore.Tests.Threats;

/// <summary>One application with a function for each attack, and a healthy one.</summary>
public sealed class ThreatServer : IAsyncLifetime
{
    private EdgeServer? _server;

    internal EdgeServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        var files = Threat.All.ToDictionary(static t => $"{t.Name}.js", static t => t.Code);
        files["healthy.js"] = "export default { fetch: () => new Response('healthy') };";
        _server = await EdgeServer.StartAsync(
            files,
            ("Limits:CpuTime", "00:00:00.400"), ("Limits:Timeout", "00:00:03"), ("Limits:MaxHeapBytes", "67108864"), ("Limits:MaxArrayBufferBytes", "33554432"), ("Pool:MaxIsolates", "3"), ("Env:SECRET", "s3cret"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
