namespace JsRun.Benchmarks;

/// <summary>What one round of a lane came to, for each thing done.</summary>
/// <param name="Cpu">The process's CPU time, in microseconds.</param>
/// <param name="Latency">The median time until it was done, in microseconds.</param>
/// <param name="Memory">What it holds while it lives, in KiB of resident memory; 0 where nothing lives on.</param>
internal sealed record LaneResult(double Cpu, double Latency, double Memory);
