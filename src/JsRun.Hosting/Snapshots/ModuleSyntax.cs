namespace JsRun.Snapshots;

/// <summary>Recognises V8's words for a module where a script was wanted.</summary>
internal static class ModuleSyntax
{
    public static bool Explains(JavaScriptException error) => error.Name == "SyntaxError"
        && (error.Message.Contains("Cannot use import statement outside a module", StringComparison.Ordinal)
            || error.Message.Contains("Unexpected token 'export'", StringComparison.Ordinal)
            || error.Message.Contains("Cannot use 'import.meta' outside a module", StringComparison.Ordinal));
}
