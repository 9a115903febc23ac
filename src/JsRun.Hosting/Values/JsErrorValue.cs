namespace JsRun;

/// <summary>A JavaScript <c>Error</c> that is a value, or part of one; thrown, it would be a <see cref="JavaScriptException"/>. Immutable.</summary>
public sealed record JsErrorValue
{
    /// <summary>Gets the name of the error, such as <c>TypeError</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the message of the error.</summary>
    public required string Message { get; init; }

    /// <summary>The error's <c>stack</c>.</summary>
    /// <value>Empty where it has none.</value>
    public string Stack { get; init; } = "";

    /// <summary>The error's <c>cause</c>: an error or any other value.</summary>
    /// <value><see langword="null"/> where it has none.</value>
    public object? Cause { get; init; }

    /// <summary>The errors of an <c>AggregateError</c>.</summary>
    /// <value>Empty for other errors.</value>
    public IReadOnlyList<object?> Errors { get; init; } = [];

    /// <summary>Gets the other enumerable properties of the error.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyDictionary<string, object?> Properties { get; init; } = new Dictionary<string, object?>();

    /// <summary>What the host knows the error by, where it was the host that raised it.</summary>
    internal int HostError { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Title(Name, Message);

    /// <summary>As <c>Error.prototype.toString</c> has it: neither an empty name nor an empty message leaves a colon behind.</summary>
    internal static string Title(string name, string message) => (name, message) switch
    {
        ("", _) => message,
        (_, "") => name,
        _ => $"{name}: {message}",
    };
}
