namespace JsRun.Modules.Compilation;

/// <summary>Makes a linkable function of an ES module, TypeScript and JSX included.</summary>
internal interface IModuleCompiler
{
    /// <summary>Compiles one module. The author's mistakes are in the result; only failures of the compiler itself throw.</summary>
    /// <param name="source">The module's text.</param>
    /// <param name="fileName">Its path under the root; the extension says what the text is written in.</param>
    /// <param name="scope">For a module of which instances are made: how its free names are compiled.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<CompiledModule> CompileAsync(string source, string fileName, GlobalScope? scope, CancellationToken cancellationToken);
}
