namespace JsRun.Cli.Serving;

/// <summary>What the command line says about serving. What is not given comes from the configuration, such as an appsettings.json in the current folder.</summary>
internal sealed class ServeSettings
{
    public required string Folder { get; init; }

    public required string Urls { get; init; }

    public TimeSpan? Timeout { get; init; }

    public long? MaxHeapBytes { get; init; }

    public IReadOnlyList<string> Permissions { get; init; } = [];

    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a browser opens the status page.</summary>
    public bool Open { get; init; }

    /// <summary>Whether what is served is written as one line of JSON.</summary>
    public bool Json { get; init; }
}
