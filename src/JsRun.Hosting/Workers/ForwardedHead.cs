namespace JsRun.Workers;

/// <summary>What a forwarded request says beside its own method, headers and body. It travels in the header <see cref="HeaderName"/>.</summary>
/// <param name="Key">The worker's secret.</param>
/// <param name="Token">The request's token: by it the worker asks for things on the request's behalf.</param>
/// <param name="Function">The number of the function.</param>
/// <param name="Url">The URL as the client sent it.</param>
/// <param name="RequestId">The request's id in logs.</param>
/// <param name="Params">The values of the route's parameters.</param>
/// <param name="Caller">JSON of the sender, if the function may know.</param>
internal sealed record ForwardedHead(string Key, string Token, int Function, string Url, string RequestId, IReadOnlyDictionary<string, string>? Params, string? Caller)
{
    public const string HeaderName = "jsrun-forwarded";
}
