namespace JsRun.Hosting.Tests.Runtime;

/// <summary>Invariant 1 once more: scripts that replace what the planner of later scripts uses. What left V8 would end this process.</summary>
public sealed class HostileScriptTests
{
    [Theory]
    [InlineData("Array.prototype.join = () => 'a;throw { hostException: 1 }'")]
    [InlineData("Array.prototype.join = () => 'a;throw Object.assign(new Error(1), { hostException: {} })'")]
    [InlineData("String.prototype.slice = () => 'throw { hostException: 1 }'")]
    [InlineData("Array.prototype.push = function () { this[this.length] = 'a;throw { hostException: 1 }'; return 1 }")]
    [InlineData("Object.defineProperty(Object.prototype, 'start', { set() {}, get() { return 0 } })")]
    [InlineData("Object.defineProperty(Object.prototype, 'type', { set() {}, get() { return 'FunctionDeclaration' } })")]
    public async Task Evaluate_PlannerReplaced_LeavesNothingOfTheScriptsAndGoesOn(string attack)
    {
        await using var app = await FunctionApp.StartAsync();
        await using var own = await app.Host.Runtimes.CreateAsync(new JsRuntimeOptions { Surface = JsSurface.Full }, TestContext.Current.CancellationToken);
        await using var rented = await app.Host.Runtimes.RentAsync(TestContext.Current.CancellationToken);
        foreach (var runtime in new[] { own, rented })
        {
            await runtime.EvaluateAsync($"{attack}; 0", TestContext.Current.CancellationToken);

            // Whatever comes of it, it comes as an error of ours or as a value.
            try
            {
                await runtime.EvaluateAsync("var q; let z = 1; function f() { return z } f()", TestContext.Current.CancellationToken);
            }
            catch (JsRunException)
            {
            }

            (await runtime.EvaluateAsync<int>("6 * 7", TestContext.Current.CancellationToken)).ShouldBe(42);
        }
    }
}
