using BenchmarkDotNet.Running;
using JsRun.Benchmarks;

if (args is ["lanes", ..])
{
    await LaneRun.RunAsync(args[1..]);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
