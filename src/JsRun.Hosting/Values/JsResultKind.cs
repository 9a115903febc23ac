namespace JsRun.Values;

/// <summary>What kind of value a <see cref="JsResult"/> is.</summary>
internal enum JsResultKind
{
    /// <summary><c>undefined</c></summary>
    Undefined,

    /// <summary><c>null</c></summary>
    Null,

    /// <summary><c>true</c> or <c>false</c></summary>
    Boolean,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A BigInt; the text has no <c>n</c>.</summary>
    BigInt,

    /// <summary>A string.</summary>
    String,

    /// <summary>Anything else, as compact JSON, cycles as <c>"[Circular]"</c>.</summary>
    Json,
}
