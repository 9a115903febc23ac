namespace JsRun;

/// <summary>Specifies the use of capabilities of V8 that ClearScript's API does not offer.</summary>
public enum JsNativeMode
{
    /// <summary>Each capability is used where it was detected and V8's version is known. The default.</summary>
    Auto,

    /// <summary>Never.</summary>
    Off,
}
