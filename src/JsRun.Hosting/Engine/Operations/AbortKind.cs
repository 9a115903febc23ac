namespace JsRun.Engine.Operations;

/// <summary>The reason for which a request is aborted.</summary>
internal enum AbortKind
{
    ClientGone = 0,
    TimedOut = 1,
    Stopping = 2,

    /// <summary>Others need its lease.</summary>
    Displaced = 3,
}
