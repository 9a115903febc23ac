namespace JsRun;

/// <summary>The folder of functions (section <c>JsRun:Functions</c>).</summary>
/// <remarks>Read when the host starts; later changes have no effect. Not thread-safe while it is being filled.</remarks>
public sealed class JsRunFunctionsOptions
{
    /// <summary>The folder, absolute or relative to the content root (key <c>Path</c>).</summary>
    /// <value>The default is <see langword="null"/>: no folder is served until one is named here or in <c>MapJsFunctions</c>.</value>
    public string? Path { get; set; }

    /// <summary>Gets or sets a value that indicates whether a changed file becomes a new generation while the application runs (key <c>Watch</c>).</summary>
    /// <value>The default is <see langword="null"/>: true in the Development environment, false elsewhere.</value>
    public bool? Watch { get; set; }

    /// <summary>Gets or sets a value that indicates whether functions see the caller: <c>ctx.user</c>, the claims of the authenticated user, and <c>ctx.clientAddress</c> (key <c>ExposeCaller</c>).</summary>
    /// <value>The default is <see langword="false"/>: <c>ctx</c> has neither.</value>
    public bool ExposeCaller { get; set; }

    internal JsRunFunctionsOptions Copy() => (JsRunFunctionsOptions)MemberwiseClone();
}
