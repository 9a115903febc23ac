using System.Text;
using JsRun.Functions;
using JsRun.Functions.Filters;

namespace JsRun;

/// <summary>The result of an invocation of a function, for filters (<see cref="IEdgeFunctionFilter"/>): the function's response, or one that a filter has created. Thread-safe.</summary>
public sealed class EdgeFunctionResult
{
    private const int LowestStatus = 200;
    private const int HighestStatus = 599;

    internal EdgeFunctionResult(EdgeFunctionResponse response) => Response = response;

    /// <summary>Gets the status code: 200 to 599.</summary>
    public int StatusCode => Response.Status;

    internal EdgeFunctionResponse Response { get; }

    /// <summary>Creates a response without a body.</summary>
    /// <param name="statusCode">The status code: 200 to 599.</param>
    /// <param name="headers">The headers. Names are case-insensitive; only <c>Set-Cookie</c> may be repeated. The default is <see langword="null"/>: none.</param>
    /// <returns>The result. It can be returned any number of times.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The status code is out of its range.</exception>
    /// <exception cref="ArgumentException">A header contains a line break.</exception>
    public static EdgeFunctionResult Status(int statusCode, IEnumerable<KeyValuePair<string, string>>? headers = null) => Create(statusCode, null, ReadOnlyMemory<byte>.Empty, headers);

    /// <summary>Creates a response with a text.</summary>
    /// <param name="text">The text, which is sent in UTF-8.</param>
    /// <param name="statusCode">The status code: 200 to 599. The default is 200.</param>
    /// <param name="contentType">The header <c>Content-Type</c>. The default is <c>text/plain; charset=utf-8</c>.</param>
    /// <param name="headers">More headers. The default is <see langword="null"/>: none.</param>
    /// <returns>The result. It can be returned any number of times.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The status code is out of its range.</exception>
    /// <exception cref="ArgumentException">A header contains a line break.</exception>
    public static EdgeFunctionResult Text(string text, int statusCode = LowestStatus, string contentType = "text/plain; charset=utf-8", IEnumerable<KeyValuePair<string, string>>? headers = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(contentType);
        return Create(statusCode, contentType, Encoding.UTF8.GetBytes(text), headers);
    }

    /// <summary>Creates a response with bytes.</summary>
    /// <param name="content">The bytes. They are not copied: they must not change.</param>
    /// <param name="contentType">The header <c>Content-Type</c>.</param>
    /// <param name="statusCode">The status code: 200 to 599. The default is 200.</param>
    /// <param name="headers">More headers. The default is <see langword="null"/>: none.</param>
    /// <returns>The result. It can be returned any number of times.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The status code is out of its range.</exception>
    /// <exception cref="ArgumentException">A header contains a line break.</exception>
    public static EdgeFunctionResult Bytes(ReadOnlyMemory<byte> content, string contentType, int statusCode = LowestStatus, IEnumerable<KeyValuePair<string, string>>? headers = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(contentType);
        return Create(statusCode, contentType, content, headers);
    }

    private static EdgeFunctionResult Create(int statusCode, string? contentType, ReadOnlyMemory<byte> content, IEnumerable<KeyValuePair<string, string>>? headers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, LowestStatus);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, HighestStatus);
        var frame = new StringBuilder();
        if (contentType is not null)
        {
            Append(frame, "content-type", contentType);
        }

        foreach (var (name, value) in headers ?? [])
        {
            Append(frame, name, value);
        }

        return new EdgeFunctionResult(new HostResponse(statusCode, frame.ToString(), content));
    }

    // Within the frame line breaks divide; everything else that HTTP forbids is found where responses are sent.
    private static void Append(StringBuilder frame, string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        if (name.Contains('\n', StringComparison.Ordinal) || value.Contains('\n', StringComparison.Ordinal))
        {
            throw new ArgumentException($"The header '{name.ReplaceLineEndings(" ")}' contains a line break.", nameof(value));
        }

#pragma warning disable CA1308 // Frames have names in lower case.
        frame.Append(name.ToLowerInvariant()).Append('\n').Append(value).Append('\n');
#pragma warning restore CA1308
    }
}
