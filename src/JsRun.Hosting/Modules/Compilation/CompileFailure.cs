namespace JsRun.Modules.Compilation;

/// <summary>The author's mistake, with its place in the source (from 1).</summary>
internal sealed record CompileFailure(string Message, int Line, int Column);
