namespace JsRun;

/// <summary>A classic script.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record JsScript
{
    /// <summary>Gets the name that stack traces show, such as <c>bootstrap.js</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the text of the script.</summary>
    public required string Code { get; init; }
}
