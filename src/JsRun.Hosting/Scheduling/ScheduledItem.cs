namespace JsRun.Scheduling;

/// <summary>What a <see cref="TimerQueue"/> holds.</summary>
internal abstract class ScheduledItem
{
    /// <summary>Gets or sets whether it is no longer wanted: the queue drops it when it comes to it.</summary>
    public bool Stopped { get; set; }
}
