namespace JsRun.Scheduling;

/// <summary>A clock for libraries that make timers themselves, with those of <see cref="GuardedTimer"/>.</summary>
internal sealed class GuardedTime : TimeProvider
{
    private readonly TimeProvider _time;

    private GuardedTime(TimeProvider time) => _time = time;

    public override long TimestampFrequency => _time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => _time.LocalTimeZone;

    /// <summary>The system's own needs no guard, and libraries know it.</summary>
    public static TimeProvider Of(TimeProvider time) => time == System ? time : new GuardedTime(time);

    public override long GetTimestamp() => _time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _time.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _time.CreateGuardedTimer(Tuple.Create(callback, state), static call => call.Item1(call.Item2), dueTime, period);
}
