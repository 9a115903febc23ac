using Microsoft.ClearScript.V8;

namespace JsRun.Engine;

/// <summary>Which engine this is, for the keys of caches.</summary>
internal static class EngineIdentity
{
    public static string ClearScriptVersion => typeof(V8Runtime).Assembly.GetName().Version!.ToString();

    public static string Flags => V8Settings.GlobalFlags.ToString();
}
