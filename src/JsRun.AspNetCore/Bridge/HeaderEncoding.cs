using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JsRun.AspNetCore.Bridge;

/// <summary>
/// How the server turns the bytes of header values into text. To scripts a value is a byte string, a character for each byte, as the Fetch standard has it; the server decodes
/// requests as UTF-8 unless the application chose otherwise, so what it decoded is encoded again.
/// </summary>
internal sealed class HeaderEncoding(Func<string, Encoding?> ofRequests)
{
    /// <summary>What servers do where nobody chose.</summary>
    public static HeaderEncoding Default { get; } = new(static _ => null);

    /// <summary>
    /// Of the application's server. The encodings are settings of the whole application: that of requests is only read; that of responses, ASCII by default, becomes Latin-1 unless
    /// the application chose one itself, since a function's header value can be any byte string.
    /// </summary>
    public static HeaderEncoding Of(IServiceProvider services)
    {
        if (services.GetService<IOptions<KestrelServerOptions>>()?.Value is not { } kestrel)
        {
            return Default;
        }

        if (kestrel.ResponseHeaderEncodingSelector == new KestrelServerOptions().ResponseHeaderEncodingSelector)
        {
            kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        }

        return new HeaderEncoding(kestrel.RequestHeaderEncodingSelector);
    }

    /// <summary>The value as a byte string.</summary>
    public string ToByteString(string name, string value)
        => Ascii.IsValid(value) ? value : Encoding.Latin1.GetString((ofRequests(name) ?? Encoding.UTF8).GetBytes(value));
}
