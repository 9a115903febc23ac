namespace JsRun.Hosting.Tests.Values.RoundTrips;

/// <summary>A record with a member of any type.</summary>
public sealed record Holder<T>(T Value);

/// <summary>A class with a property of any type.</summary>
public sealed class Settable<T>
{
    public T? Value { get; set; }
}
