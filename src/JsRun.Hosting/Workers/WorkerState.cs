namespace JsRun.Workers;

/// <summary>The state of a group's worker process, as <c>/_jsrun</c> shows it.</summary>
internal enum WorkerState
{
    /// <summary>The process starts, or deploys its functions.</summary>
    Starting,

    /// <summary>It takes requests.</summary>
    Ready,

    /// <summary>It is ready to take the place of another.</summary>
    Spare,

    /// <summary>It finishes the requests that it has, and takes no more.</summary>
    Draining,

    /// <summary>It ended by itself.</summary>
    Lost,

    /// <summary>It ended soon after its start; the next one starts after a while.</summary>
    BackingOff,
}
