namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>Invariant 1 once more: scripts that replace what later scripts are planned with. What left V8 would end this process.</summary>
public sealed class HostileScriptTests
{
    [Theory]
    [InlineData("Array.prototype.join = () => 'a;throw { hostException: 1 }'")]
    [InlineData("Array.prototype.join = () => 'a;throw Object.assign(new Error(1), { hostException: {} })'")]
    [InlineData("String.prototype.slice = () => 'throw { hostException: 1 }'")]
    [InlineData("Array.prototype.push = function () { this[this.length] = 'a;throw { hostException: 1 }'; return 1 }")]
    [InlineData("Object.defineProperty(Object.prototype, 'start', { set() {}, get() { return 0 } })")]
    [InlineData("Object.defineProperty(Object.prototype, 'type', { set() {}, get() { return 'FunctionDeclaration' } })")]
    [InlineData("Object.defineProperty(Object.prototype, 'script', { value: 'throw { hostException: 1 }' }); Object.defineProperty(Object.prototype, 'pieces', { value: [] })")]
    [InlineData("JSON.parse = () => ({ script: 'throw { hostException: 1 }', pieces: [], body: null })")]
    [InlineData("Array.prototype[1] = { code: 'throw { hostException: 1 }' }")]
    public Task Evaluate_PlannerReplaced_LeavesNothingOfTheScriptsAndGoesOn(string attack) => AttackAsync(attack, JsNativeMode.Auto);

    [Theory]
    [InlineData("Array.prototype.join = () => 'a;throw { hostException: 1 }'")]
    [InlineData("String.prototype.slice = () => 'throw { hostException: 1 }'")]
    [InlineData("Array.prototype.push = function () { this[this.length] = 'a;throw { hostException: 1 }'; return 1 }")]
    [InlineData("Object.defineProperty(Object.prototype, 'type', { set() {}, get() { return 'FunctionDeclaration' } })")]
    [InlineData("JSON.parse = () => ({ script: 'throw { hostException: 1 }', pieces: [], body: null })")]
    public Task Evaluate_PlannerReplacedWithoutTheNativeLayer_LeavesNothingOfTheScriptsAndGoesOn(string attack) => AttackAsync(attack, JsNativeMode.Off);

    [Theory]
    [InlineData("Object.prototype.hostException = 1", JsNativeMode.Auto)]
    [InlineData("Object.prototype.hostException = 1", JsNativeMode.Off)]
    [InlineData("Object.defineProperty(Error.prototype, 'hostException', { get() { return { hostException: 1 } } })", JsNativeMode.Off)]
    [InlineData("Object.setPrototypeOf(Error.prototype, new Proxy({}, { get: () => 1, has: () => false }))", JsNativeMode.Off)]
    [InlineData("delete SyntaxError.prototype.hostException; Object.setPrototypeOf(SyntaxError.prototype, { hostException: 1 })", JsNativeMode.Off)]
    public async Task Evaluate_WhatV8ItselfThrows_AsksNothingOfTheScripts(string attack, JsNativeMode native)
    {
        await using var app = await FunctionApp.StartAsync(o => o.Engine.Native = native);
        await using var runtime = await app.Host.Runtimes.CreateAsync(new JsRuntimeOptions { Surface = JsSurface.Full }, TestContext.Current.CancellationToken);
        await runtime.EvaluateAsync("let once = 1; 0", TestContext.Current.CancellationToken);
        await Record.ExceptionAsync(async () => await runtime.EvaluateAsync($"{attack}; 0", TestContext.Current.CancellationToken));

        await Should.ThrowAsync<JavaScriptException>(async () => await runtime.EvaluateAsync("let once = 2", TestContext.Current.CancellationToken));

        (await runtime.EvaluateAsync<int>("6 * 7", TestContext.Current.CancellationToken)).ShouldBe(42);
    }

    private static async Task AttackAsync(string attack, JsNativeMode native)
    {
        await using var app = await FunctionApp.StartAsync(o => o.Engine.Native = native);
        await using var own = await app.Host.Runtimes.CreateAsync(new JsRuntimeOptions { Surface = JsSurface.Full }, TestContext.Current.CancellationToken);
        await using var rented = await app.Host.Runtimes.RentAsync(TestContext.Current.CancellationToken);
        foreach (var runtime in new[] { own, rented })
        {
            await runtime.EvaluateAsync($"{attack}; 0", TestContext.Current.CancellationToken);

            (await runtime.EvaluateAsync<int>("var q; let z = 1; function f() { return z } f()", TestContext.Current.CancellationToken)).ShouldBe(1);
            (await runtime.EvaluateAsync<int>("const [one, two] = [z, z + 1]; one + two", TestContext.Current.CancellationToken)).ShouldBe(3);
            (await runtime.EvaluateAsync<int>("6 * 7", TestContext.Current.CancellationToken)).ShouldBe(42);
        }
    }
}
