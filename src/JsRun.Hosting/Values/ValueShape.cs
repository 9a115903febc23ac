namespace JsRun.Values;

/// <summary>What kind of thing a .NET type is in JavaScript, if it is not a scalar.</summary>
internal enum ValueShape
{
    /// <summary>An object, by its contract of System.Text.Json.</summary>
    Contract,
    List,
    Set,
    Dictionary,
    Tuple,
}
