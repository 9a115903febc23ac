using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace JsRun.Testing;

/// <summary>A request that is expected, and its answers: the first call gets the first one, and the last one is repeated. Describe it before the test sends requests.</summary>
public sealed class FakeFetchRule
{
    private readonly List<Func<RecordedFetch, HttpResponseMessage>> _answers = [];
    private int _calls;

    internal FakeFetchRule(string method, Uri url)
    {
        Method = method;
        Url = url;
    }

    /// <summary>Gets how many requests it has answered. Thread-safe.</summary>
    public int Calls => Volatile.Read(ref _calls);

    internal string Method { get; }

    internal Uri Url { get; }

    internal bool IsOptional { get; private set; }

    /// <summary>Adds an answer with a text.</summary>
    /// <param name="text">The body.</param>
    /// <param name="status">The status. The default is 200.</param>
    /// <param name="contentType">The type of the body. The default is <c>text/plain; charset=utf-8</c>.</param>
    /// <returns>This rule.</returns>
    public FakeFetchRule Respond(string text, HttpStatusCode status = HttpStatusCode.OK, string contentType = "text/plain; charset=utf-8")
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = Encoding.UTF8.GetBytes(text);
        var type = MediaTypeHeaderValue.Parse(contentType);
        return Respond(_ => new HttpResponseMessage(status) { Content = new ByteArrayContent(bytes) { Headers = { ContentType = type } } });
    }

    /// <summary>Adds an answer with a value as JSON.</summary>
    /// <param name="value">The value, written with the defaults of the web (<see cref="JsonSerializerDefaults.Web"/>).</param>
    /// <param name="status">The status. The default is 200.</param>
    /// <returns>This rule.</returns>
    public FakeFetchRule RespondJson(object? value, HttpStatusCode status = HttpStatusCode.OK) =>
        Respond(JsonSerializer.Serialize(value, JsonSerializerOptions.Web), status, "application/json");

    /// <summary>Adds an answer that depends on the request.</summary>
    /// <param name="answer">Called for each request that gets this answer, on any thread. An exception that it throws is a failure of the network.</param>
    /// <returns>This rule.</returns>
    public FakeFetchRule Respond(Func<RecordedFetch, HttpResponseMessage> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        _answers.Add(answer);
        return this;
    }

    /// <summary>Adds a failure of the network: <c>fetch</c> rejects with a <c>TypeError</c>.</summary>
    /// <returns>This rule.</returns>
    public FakeFetchRule Fail() => Respond(_ => throw new HttpRequestException("The test fails this request."));

    /// <summary>Lets <see cref="FakeFetch.Verify"/> accept that nobody sends the request.</summary>
    /// <returns>This rule.</returns>
    public FakeFetchRule Optional()
    {
        IsOptional = true;
        return this;
    }

    internal bool Matches(RecordedFetch request) => request.Method == Method && request.Url.AbsoluteUri == Url.AbsoluteUri;

    internal HttpResponseMessage Answer(RecordedFetch request)
    {
        var call = Interlocked.Increment(ref _calls) - 1;
        return _answers.Count == 0 ? new HttpResponseMessage(HttpStatusCode.NoContent) : _answers[Math.Min(call, _answers.Count - 1)](request);
    }
}
