namespace JsRun.Hosting.Tests.Limits;

/// <summary>Results that V8 cannot make: it ends the process at them, and so these tests would.</summary>
public sealed class LongResultTests
{
    [Theory]
    [InlineData(JsIsolation.PerRequest, "'x'.repeat(2e8).split('')")]
    [InlineData(JsIsolation.Shared, "'x'.repeat(2e8).split('')")]
    [InlineData(JsIsolation.PerRequest, "'x'.repeat(2e8).match(/x/g)")]
    [InlineData(JsIsolation.PerRequest, "new String('x'.repeat(2e8)).split('')")]
    [InlineData(JsIsolation.Shared, "new String('x'.repeat(2e8)).match(/x/g)")]
    [InlineData(JsIsolation.PerRequest, "JSON.parse('[' + '0,'.repeat(2e8) + '0]')")]
    public async Task Builtin_WithAResultThatV8CannotMake_IsARangeErrorInContained(JsIsolation isolation, string code)
    {
        await using var app = await FunctionApp.StartAsync(options =>
        {
            (options.Surface, options.Isolation, options.Pool.MaxIsolates) = (JsSurface.Contained, isolation, 1);
            options.Limits.MaxHeapBytes = 64 << 20;
        });
        var function = await app.HandleAsync($"try {{ {code}; return new Response('made'); }} catch (e) {{ return new Response(e.name); }}");

        (await function.GetAsync()).ShouldBe("RangeError");

        (await (await app.EchoAsync()).GetAsync("/after")).ShouldBe("/after");
    }
}
