namespace JsRun;

/// <summary>Options for building a snapshot.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record JsSnapshotOptions
{
    /// <summary>Gets the globals that the scripts see. Default: <see cref="JsSurface.Full"/>. Runtimes that start from the snapshot must have the same.</summary>
    /// <value>The default is <see cref="JsSurface.Full"/>.</value>
    public JsSurface Surface { get; init; } = JsSurface.Full;

    /// <summary>A script that runs before all others, under the name <c>&lt;bootstrap&gt;</c>.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? Bootstrap { get; init; }

    /// <summary>The most time that each script may take on the wall clock while the snapshot is built.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>V8's heap while the snapshot is built, in bytes.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="JsRunLimitsOptions.MaxHeapBytes"/>.</value>
    public long? MaxHeapBytes { get; init; }

    /// <summary>Receives what the scripts write to the console while the snapshot is built.</summary>
    /// <value>The default is <see langword="null"/>: it goes to the logger <c>JsRun.Console</c>.</value>
    public Action<JsConsoleMessage>? OnConsoleMessage { get; init; }
}
