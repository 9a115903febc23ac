namespace JsRun.Modules.Compilation;

/// <summary>A binding of <c>imports[from]</c>; without a name it is the module's namespace.</summary>
internal sealed record ImportedName(int From, string? Name, int Line, int Column);
