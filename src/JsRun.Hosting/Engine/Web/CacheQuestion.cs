namespace JsRun.Engine.Web;

/// <summary>Asks the cache store what a script has asked.</summary>
internal delegate ValueTask<CacheAnswer> CacheQuestion(CancellationToken cancellationToken);
