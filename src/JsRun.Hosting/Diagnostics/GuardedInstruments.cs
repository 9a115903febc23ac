using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace JsRun.Diagnostics;

/// <summary>Measures for listeners that may throw: what a callback of a <see cref="MeterListener"/> throws comes out of the measuring call, where it would fail a request or a deployment.</summary>
internal static class GuardedInstruments
{
    /// <summary>Makes an instrument, or none where a listener's <see cref="MeterListener.InstrumentPublished"/> throws: that would end the application's start.</summary>
    public static T? TryCreate<T>(this Meter meter, Func<Meter, T> create)
        where T : Instrument
    {
        try
        {
            return create(meter);
        }
        catch (Exception)
        {
            // A listener of the application's failed: it gets nothing, and JsRun goes on.
            return null;
        }
    }

    /// <summary>Returns whether anybody listens.</summary>
    public static bool IsListenedTo(this Instrument? instrument) => instrument is { Enabled: true };

    /// <summary>As <see cref="Counter{T}.Add(T, in TagList)"/> of one; what listeners throw is dropped, for it is theirs.</summary>
    public static void Count(this Counter<long>? counter, in TagList tags)
    {
        try
        {
            counter?.Add(1, tags);
        }
        catch (Exception)
        {
            // Nothing that is measured depends on being measured.
        }
    }

    /// <summary>As <see cref="Histogram{T}.Record(T, in TagList)"/>; what listeners throw is dropped.</summary>
    public static void Measure(this Histogram<double>? histogram, TimeSpan duration, in TagList tags)
    {
        try
        {
            histogram?.Record(duration.TotalSeconds, tags);
        }
        catch (Exception)
        {
            // As above.
        }
    }
}
