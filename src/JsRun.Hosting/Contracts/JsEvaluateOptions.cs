namespace JsRun;

/// <summary>Options for the evaluation of a script.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record JsEvaluateOptions
{
    /// <summary>The name that stack traces show.</summary>
    /// <value>The default is <c>&lt;eval&gt;</c>.</value>
    public string FileName { get; init; } = "<eval>";

    /// <summary>The most time that the evaluation may take on the wall clock, from when it begins to run, and its promise with it.</summary>
    /// <value>The default is <see langword="null"/>: the runtime's <see cref="JsRuntimeOptions.Timeout"/>. <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> is no limit.</value>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets a value that indicates whether <c>await</c> may stand outside of functions. Default: <see langword="false"/>. The script is then asynchronous where it does, and its <c>const</c>, <c>let</c> and <c>class</c> declarations become variables that later scripts may assign.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool TopLevelAwait { get; init; }
}
