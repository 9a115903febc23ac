namespace JsRun.WebApi.WebSockets;

/// <summary>A socket that a script opens, as it crossed: the URL absolute with the scheme <c>ws</c> or <c>wss</c>, the protocols it offers, and the header <c>CDN-Loop</c> of the request it is made for.</summary>
internal sealed record WebSocketRequest(Uri Url, IReadOnlyList<string> Protocols, string Loop, string Token = "");
