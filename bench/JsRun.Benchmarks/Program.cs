using BenchmarkDotNet.Running;
using JsRun.Benchmarks;

if (args is ["lanes", ..])
{
    await LaneRun.RunAsync(args[1..]);
}
else if (args is ["soak", ..])
{
    return await SoakRun.RunAsync(args[1..]);
}
else if (args is ["cold", ..])
{
    await ColdStartRun.RunAsync(args[1..]);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}

return 0;
