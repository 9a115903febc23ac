using System.Security.Cryptography;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;

namespace JsRun.Engine.Web;

/// <summary>The digests that the <c>integrity</c> of a fetch is compared with.</summary>
internal sealed class DigestPort(V8Context context) : IHostPort<DigestPort>
{
    public static IReadOnlyList<HostOp> Ops { get; } = [HostOp.Digest];

    public static DigestPort Of(V8Context context) => new(context);

    public void Answer(in HostRequest request, in HostReply reply)
    {
        var bytes = context.Transfer.Take();
        reply.Set(Convert.ToBase64String(request.GetString(1) switch
        {
            "sha256" => SHA256.HashData(bytes),
            "sha384" => SHA384.HashData(bytes),
            _ => SHA512.HashData(bytes),
        }));
    }
}
