using JsRun.Engine.Crossing;

namespace JsRun.Engine.Web;

/// <summary>The ports of web APIs.</summary>
internal static class WebPorts
{
    public static IReadOnlyList<HostPortRow> Rows { get; } =
    [
        HostPortRow.For<FetchPort>(),
        HostPortRow.For<SocketPort>(),
        HostPortRow.For<CryptoPort>(),
        HostPortRow.For<DigestPort>(),
        HostPortRow.For<CodecPort>(),
        HostPortRow.For<CachePort>(),
        HostPortRow.For<BroadcastPort>(),
    ];
}
