namespace JsRun.WebApi.Fetch;

/// <summary>One request of a script, as it crossed: the URL absolute, the headers flat (<c>name LF value LF …</c>).</summary>
internal sealed record FetchRequest(string Method, string Url, string Headers, FetchBody Body);
