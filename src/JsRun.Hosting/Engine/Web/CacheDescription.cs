using System.Text.Json.Serialization;

namespace JsRun.Engine.Web;

/// <summary>An entry of a cache without its body, as it crosses. Mirrors <c>JavaScript/src/web/caches/host-cache.ts</c>.</summary>
internal sealed record CacheDescription(int Id, string Method, string Url, string Fragment, string RequestHeaders, int Status, string StatusText, string Headers, string ResponseUrl);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CacheDescription))]
[JsonSerializable(typeof(CacheDescription[]))]
internal sealed partial class CacheJson : JsonSerializerContext;
