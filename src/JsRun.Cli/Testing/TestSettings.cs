namespace JsRun.Cli.Testing;

/// <summary>What the command line says about tests.</summary>
internal sealed record TestSettings
{
    /// <summary>The folder that imports must not leave.</summary>
    public required string Root { get; init; }

    /// <summary>The one file to run; all of the folder if there is none.</summary>
    public string? File { get; init; }

    /// <summary>A regular expression for the names of tests.</summary>
    public string? Filter { get; init; }

    /// <summary>How long each test may take.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>How long each file may take.</summary>
    public TimeSpan? FileTimeout { get; init; }

    public long? MaxHeapBytes { get; init; }

    public IReadOnlyList<string> Permissions { get; init; } = [];

    public IReadOnlyDictionary<string, object?>? Env { get; init; }
}
