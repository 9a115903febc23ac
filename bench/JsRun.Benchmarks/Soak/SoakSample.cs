namespace JsRun.Benchmarks;

/// <summary>The memory after so many requests.</summary>
/// <param name="Requests">How many there were.</param>
/// <param name="Resident">In bytes.</param>
internal sealed record SoakSample(int Requests, long Resident)
{
    /// <summary>The line of least squares: bytes per 1000 requests.</summary>
    public static double Slope(IReadOnlyList<SoakSample> samples)
    {
        var (x, y) = (samples.Average(static s => s.Requests / 1000d), samples.Average(static s => s.Resident));
        var spread = samples.Sum(s => Math.Pow((s.Requests / 1000d) - x, 2));
        return spread == 0 ? 0 : samples.Sum(s => ((s.Requests / 1000d) - x) * (s.Resident - y)) / spread;
    }
}
