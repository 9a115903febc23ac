namespace JsRun.Modules.Compilation;

/// <summary>An export that passes on a binding of <c>imports[from]</c>; without a name, that module's namespace.</summary>
internal sealed record IndirectExport(string Exported, int From, string? Name, int Line, int Column);
