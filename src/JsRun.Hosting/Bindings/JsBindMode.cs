namespace JsRun;

/// <summary>Specifies the treatment of an object that already has the name.</summary>
public enum JsBindMode
{
    /// <summary>It is replaced as a whole, and its host functions are revoked.</summary>
    Replace,

    /// <summary>Members are added to it, or overwritten, and the host functions that were in their place are revoked; the others stay. Where the name holds no object it is replaced.</summary>
    Merge,
}
