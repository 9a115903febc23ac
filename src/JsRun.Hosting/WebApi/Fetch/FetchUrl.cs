using System.Diagnostics.CodeAnalysis;

namespace JsRun.WebApi.Fetch;

/// <summary>URLs as the URL standard serialised them. They go out so: <see cref="Uri"/> would decode some of their characters and encode others again.</summary>
internal static class FetchUrl
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <returns>False also for what no serialised URL without a fragment holds, such as a line break, which would forge a header.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? url)
    {
        url = null;
        return !text.AsSpan().ContainsAnyExceptInRange('!', '~') && !text.Contains('#', StringComparison.Ordinal) && Uri.TryCreate(text, AsItIs, out url);
    }
}
