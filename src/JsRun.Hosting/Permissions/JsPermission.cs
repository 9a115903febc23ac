namespace JsRun;

/// <summary>Names of permissions.</summary>
/// <remarks>Thread-safe.</remarks>
public static class JsPermission
{
    /// <summary>The permission of a binding that all functions of its group may use, whatever permissions they have been granted.</summary>
    public const string None = "none";
}
