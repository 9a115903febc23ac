using System.Text.RegularExpressions;

namespace EdgeFunctions.Pages;

/// <summary>How to try a function: a link, and a command where a link is not enough.</summary>
internal sealed partial record Example(string Path, string? Command = null)
{
    private static readonly Dictionary<string, Example> Known = new(StringComparer.Ordinal)
    {
        ["/hello"] = new("/hello?name=you"),
        ["/users/{id}"] = new("/users/42"),
        ["/files/{**rest}"] = new("/files/a/b/c.txt"),
        ["/api/orders"] = new("/api/orders", """curl -d '[{"item":"tea","quantity":2}]' $ORIGIN/api/orders"""),
        ["/stream"] = new("/stream?count=1000"),
        ["/uppercase"] = new("/uppercase", "curl -T README.md -X POST $ORIGIN/uppercase"),
        ["/events"] = new("/events", "curl -N $ORIGIN/events"),
        ["/webhook"] = new("/webhook", """body='{}'; curl -d "$body" -H "x-hub-signature-256: sha256=$(printf %s "$body" | openssl dgst -sha256 -hmac only-a-sample | sed 's/.* //')" -i $ORIGIN/webhook"""),
        ["/react"] = new("/react?name=you"),
        ["/wasm"] = new("/wasm?a=1071&b=462"),
    };

    public static Example Of(string route, string origin) => Known.TryGetValue(route, out var example)
        ? example with { Command = example.Command?.Replace("$ORIGIN", origin, StringComparison.Ordinal) }
        : new(Parameter().Replace(route, "example"));

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Parameter();
}
