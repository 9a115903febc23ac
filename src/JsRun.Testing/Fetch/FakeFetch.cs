using System.Text;

namespace JsRun.Testing;

/// <summary>
/// Answers the functions' <c>fetch</c> instead of the network, and records the requests. Permissions and limits hold as ever: a test that lets a function send requests names the hosts in
/// <see cref="JsFunctionTest.Permissions"/>. Thread-safe while requests are sent; describe the answers before.
/// </summary>
public sealed class FakeFetch
{
    private readonly Lock _lock = new();
    private readonly List<FakeFetchRule> _rules = [];
    private readonly List<RecordedFetch> _requests = [];
    private readonly List<RecordedFetch> _unexpected = [];

    internal FakeFetch()
    {
    }

    /// <summary>Gets a copy of the requests that reached the network, in the order in which they were sent.</summary>
    public IReadOnlyList<RecordedFetch> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Expects a request. Of several rules for the same request the one that was added last counts.</summary>
    /// <param name="method">The method.</param>
    /// <param name="url">The whole address, with its query.</param>
    /// <returns>The rule, which takes the answers. Without one it answers 204.</returns>
    /// <exception cref="UriFormatException">The address is not absolute.</exception>
    public FakeFetchRule When(HttpMethod method, string url)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(url);
        var rule = new FakeFetchRule(method.Method.ToUpperInvariant(), new Uri(url, UriKind.Absolute));
        lock (_lock)
        {
            _rules.Insert(0, rule);
        }

        return rule;
    }

    /// <summary>Throws if there was a request that no rule answers, or a rule that answered none and is not optional.</summary>
    /// <exception cref="JsTestException">One of the two; the message shows the requests and the rules beside each other.</exception>
    public void Verify()
    {
        lock (_lock)
        {
            var missing = _rules.Where(rule => rule is { Calls: 0, IsOptional: false }).Reverse().ToArray();
            if (_unexpected.Count == 0 && missing.Length == 0)
            {
                return;
            }

            var text = new StringBuilder();
            foreach (var request in _unexpected)
            {
                text.AppendLine(Explain_NeedsLock(request));
            }

            foreach (var rule in missing)
            {
                text.AppendLine($"Nobody sent {rule.Method} {rule.Url}.");
            }

            throw new JsTestException(text.ToString().TrimEnd());
        }
    }

    internal HttpResponseMessage Answer(RecordedFetch request)
    {
        FakeFetchRule? rule;
        lock (_lock)
        {
            _requests.Add(request);
            rule = _rules.Find(rule => rule.Matches(request));
            if (rule is null)
            {
                _unexpected.Add(request);
                throw new HttpRequestException(Explain_NeedsLock(request));
            }
        }

        return rule.Answer(request);
    }

    // The closest rule is the one that shares most with the request.
    private string Explain_NeedsLock(RecordedFetch request)
    {
        var sent = $"{request.Method} {request.Url}";
        if (_rules.Count == 0)
        {
            return $"A function sent {sent}, and the test expects no requests: add Fetch.When(…).";
        }

        var closest = _rules.Select(rule => $"{rule.Method} {rule.Url}").MaxBy(expected => expected.Zip(sent).TakeWhile(static pair => pair.First == pair.Second).Count())!;
        var same = closest.Zip(sent).TakeWhile(static pair => pair.First == pair.Second).Count();
        return $"A function sent a request that the test does not expect.{Environment.NewLine}  - {closest}{Environment.NewLine}  + {sent}{Environment.NewLine}    {new string(' ', same)}^ differs from here";
    }
}
