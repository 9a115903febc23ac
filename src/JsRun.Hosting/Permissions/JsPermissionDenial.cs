namespace JsRun;

/// <summary>A call that was refused because its permission was not granted.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record JsPermissionDenial
{
    /// <summary>Gets the permission that was missing, such as <c>op:notify</c> or <c>net:api.example.com</c>.</summary>
    public required string Permission { get; init; }

    /// <summary>Gets the name of the pool group; empty for the default group, and for runtimes that <see cref="IJsRuntimeFactory.CreateAsync"/> made.</summary>
    public string Group { get; init; } = "";

    /// <summary>Gets what was running: the name of the function, or the file name of the script.</summary>
    public required string Function { get; init; }

    /// <summary>Gets the id of the request.</summary>
    /// <value><see langword="null"/> if the call does not belong to a request.</value>
    public string? RequestId { get; init; }
}
