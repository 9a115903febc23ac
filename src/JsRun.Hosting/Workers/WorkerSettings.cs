using JsRun.Workers.Brokering;

namespace JsRun.Workers;

/// <summary>Describes to a worker process what it is to host. It gets nothing else of the host's: neither configuration nor environment.</summary>
internal sealed record WorkerSettings
{
    /// <summary>The pool group whose functions it hosts.</summary>
    public required string Group { get; init; }

    /// <summary>The configuration: a JSON object with the section <c>JsRun</c>.</summary>
    public required string Configuration { get; init; }

    /// <summary>The folder that relative paths start from.</summary>
    public required string ContentRoot { get; init; }

    /// <summary>The name of the environment, such as <c>Production</c>.</summary>
    public required string Environment { get; init; }

    /// <summary>The socket on which it listens for requests.</summary>
    public required string RequestSocket { get; init; }

    /// <summary>The socket of the host's broker.</summary>
    public required string BrokerSocket { get; init; }

    /// <summary>The file in which it notes which functions run.</summary>
    public required string RunningFile { get; init; }

    /// <summary>The bindings of the group.</summary>
    public required IReadOnlyDictionary<string, BindingDescription> Bindings { get; init; }

    /// <summary>Whether the group has other workers.</summary>
    public required bool IsOneOfSeveral { get; init; }

    /// <summary>Whether it seals itself before it runs a function.</summary>
    public required bool IsConfined { get; init; }

    /// <summary>The secret that each side shows the other.</summary>
    public required string Key { get; init; }
}
