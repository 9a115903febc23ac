namespace JsRun.Benchmarks;

/// <summary>The line of least squares through what was measured.</summary>
/// <param name="Slope">Bytes per 1000 requests.</param>
/// <param name="Error">Its standard error: what garbage that comes and goes makes of it.</param>
internal readonly record struct SoakTrend(double Slope, double Error)
{
    public static SoakTrend Of(IReadOnlyList<SoakSample> samples, Func<SoakSample, long> value)
    {
        var (x, y) = (samples.Average(static s => s.Requests / 1000d), samples.Average(s => value(s)));
        var spread = samples.Sum(s => Math.Pow((s.Requests / 1000d) - x, 2));
        if (spread == 0)
        {
            return default;
        }

        var slope = samples.Sum(s => ((s.Requests / 1000d) - x) * (value(s) - y)) / spread;
        var residual = samples.Sum(s => Math.Pow(value(s) - y - (slope * ((s.Requests / 1000d) - x)), 2));
        return new SoakTrend(slope, samples.Count > 2 ? Math.Sqrt(residual / (samples.Count - 2) / spread) : 0);
    }

    /// <summary>Whether it grows by no more than that, as far as the samples can tell.</summary>
    public bool IsFlat(double limit) => Slope - (2 * Error) <= limit;
}
