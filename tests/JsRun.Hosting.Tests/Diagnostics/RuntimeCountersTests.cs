using JsRun.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Diagnostics;

public sealed class RuntimeCountersTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddJsRun().Services.BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void End_Executions_AddUpAndTheLastIsKept()
    {
        var counters = new RuntimeCounters(_time, _services.GetRequiredService<RuntimeMetrics>());

        Run(counters, JsExecutionKind.Evaluate, 30);
        Run(counters, JsExecutionKind.Evaluate, 5);
        Run(counters, JsExecutionKind.CallAsync, 7);

        var stats = counters.Read();
        (stats.TotalExecutionTime, stats.LastExecutionTime, stats.LastExecutionKind).ShouldBe((TimeSpan.FromMilliseconds(42), TimeSpan.FromMilliseconds(7), JsExecutionKind.CallAsync));
        (stats.EvaluateCount, stats.EvaluateAsyncCount, stats.ImportCount, stats.ImportAsyncCount, stats.CallCount, stats.CallAsyncCount).ShouldBe((2, 0, 0, 0, 0, 1));
    }

    public void Dispose() => _services.Dispose();

    private void Run(RuntimeCounters counters, JsExecutionKind kind, int milliseconds)
    {
        var began = counters.Begin();
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        counters.End(kind, began);
    }
}
