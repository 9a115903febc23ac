namespace JsRun.Engine.Native.Images;

/// <summary>A script threw while an image was built.</summary>
/// <param name="scriptName">The script.</param>
/// <param name="errorName">The error's name, or <c>Error</c> where something else was thrown.</param>
/// <param name="errorMessage">Its message.</param>
/// <param name="line">From 1; 0 where it is not known.</param>
/// <param name="column">From 1; 0 where it is not known.</param>
/// <param name="stack">JavaScript's stack, where there is one.</param>
internal sealed class HeapImageException(string scriptName, string errorName, string errorMessage, int line, int column, string stack)
    : Exception($"{errorName}: {errorMessage} ({scriptName}:{line}:{column})")
{
    /// <summary>The number of the further context; -1 is the default one.</summary>
    public int Context { get; set; } = -1;

    public string ScriptName { get; } = scriptName;

    public string ErrorName { get; } = errorName;

    public string ErrorMessage { get; } = errorMessage;

    public int Line { get; } = line;

    public int Column { get; } = column;

    public string Stack { get; } = stack;
}
