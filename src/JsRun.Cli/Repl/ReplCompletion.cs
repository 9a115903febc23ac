namespace JsRun.Cli.Repl;

/// <summary>Names that may stand at a place of a text.</summary>
internal sealed record ReplCompletion(int Start, IReadOnlyList<string> Names);
