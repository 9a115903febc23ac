namespace JsRun.Modules.Compilation;

/// <summary>An export that the module itself binds.</summary>
internal sealed record LocalExport(string Exported, string Local);
