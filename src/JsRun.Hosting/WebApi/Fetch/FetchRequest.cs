namespace JsRun.WebApi.Fetch;

/// <summary>
/// One request of a script, as it crossed: the URL absolute, the headers flat (<c>name LF value LF …</c>). <c>Loop</c> is the header <c>CDN-Loop</c> of the request that it
/// is made for, see <see cref="FetchLoop"/>. <c>Token</c> is that request's in a worker.
/// </summary>
internal sealed record FetchRequest(string Method, string Url, string Headers, FetchBody Body, string Loop = "", string Token = "");
