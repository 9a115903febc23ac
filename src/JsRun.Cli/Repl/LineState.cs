namespace JsRun.Cli.Repl;

/// <summary>What is to be done after a key.</summary>
internal enum LineState
{
    Editing,
    Entered,

    /// <summary>The text is given up.</summary>
    Cancelled,

    /// <summary>The session ends.</summary>
    Closed,
    Completing,
}
