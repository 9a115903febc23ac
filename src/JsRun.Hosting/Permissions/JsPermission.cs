namespace JsRun;

/// <summary>Names of permissions.</summary>
public static class JsPermission
{
    /// <summary>What a binding requires that all functions of its group may use, whatever they have been granted.</summary>
    public const string None = "none";
}
