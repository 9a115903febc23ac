namespace JsRun.Modules.Compilation;

/// <summary>Makes the <c>import()</c> of classic scripts the linker's business.</summary>
internal interface IScriptRewriter
{
    /// <summary>Rewrites a script; lines keep their numbers, and columns but for rare ones. What does not parse stays as it is, for V8 to refuse.</summary>
    /// <param name="code">The script.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <param name="script">The number that stands for it where it imports.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<string> RewriteAsync(string code, string fileName, int script, CancellationToken cancellationToken);
}
