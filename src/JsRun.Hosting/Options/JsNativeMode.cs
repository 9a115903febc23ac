namespace JsRun;

/// <summary>Whether capabilities of V8 beneath ClearScript's API may be used.</summary>
public enum JsNativeMode
{
    /// <summary>Each capability is used where it was detected and V8's version is known. The default.</summary>
    Auto,

    /// <summary>Never.</summary>
    Off,
}
