namespace JsRun.Hosting.Tests.Values.RoundTrips;

/// <summary>What of a type is compared with System.Text.Json.</summary>
internal enum JsonComparison
{
    /// <summary>It has no such type.</summary>
    None,

    /// <summary>It reads the JSON of the value that is in JavaScript. (In the JSON that it writes, the numbers are more exact than JavaScript's.)</summary>
    Read,

    /// <summary>It reads it, and what it writes is read from JavaScript as the same.</summary>
    BothWays,
}
