namespace JsRun;

/// <summary>Specifies the state that the requests of one function share.</summary>
public enum JsIsolation
{
    /// <summary>A pristine context for every request; no request ever sees another's state. The default.</summary>
    PerRequest,

    /// <summary>Module state lives on and many requests interleave on a warm runtime, as in Workers.</summary>
    Shared,
}
