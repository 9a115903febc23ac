namespace JsRun.Cli.Repl;

/// <summary>A line, or that what was entered before it is given up.</summary>
internal readonly record struct LineInput(string Text, bool IsCancelled = false);
