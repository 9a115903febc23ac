namespace JsRun.Hosting.Tests.WebApi.AsyncContext;

/// <summary>TC39's AsyncContext.</summary>
public sealed class AsyncContextTests(SharedFunctionApp shared) : IClassFixture<SharedFunctionApp>
{
    [Theory]
    [InlineData("v.run(1, () => v.get())", "1")]
    [InlineData("v.get()", "none")]
    [InlineData("v.name + new AsyncContext.Variable().name + typeof new AsyncContext.Variable().get()", "vundefined")]
    [InlineData("await v.run(1, async () => { await null; return v.get() })", "1")]
    [InlineData("await v.run(1, () => new Promise((r) => setTimeout(() => r(v.get()), 1)))", "1")]
    [InlineData("v.run(1, () => new AsyncContext.Snapshot()).run((a) => v.get() + a, 5)", "6")]
    [InlineData("v.run(1, () => AsyncContext.Snapshot.wrap(function (a) { return v.get() + a + this.b }))", "function")]
    [InlineData("v.run(1, () => AsyncContext.Snapshot.wrap(function (a) { return v.get() + a + this.b })).call({ b: 10 }, 5)", "16")]
    [InlineData("v.run(1, () => { const w = new AsyncContext.Variable(); return w.run(2, () => [v.get(), w.get()].join('')) })", "12")]
    [InlineData("Object.prototype.toString.call(AsyncContext) + Object.prototype.toString.call(v) + AsyncContext.Variable.name", "[object AsyncContext][object AsyncContext.Variable]Variable")]
    [InlineData("(() => { try { AsyncContext.Variable.prototype.run.call({}, 1, () => {}) } catch (e) { return e.name } })()", "TypeError")]
    [InlineData("(() => { try { v.run(1) } catch (e) { return e.name } })()", "TypeError")]
    [InlineData("v.run(1, () => { Map.prototype.get = Map.prototype.has = () => 'poisoned'; return v.get() })", "1")]
    public async Task Variable_Expression_IsAsProposed(string expression, string expected)
    {
        var function = await shared.App.HandleAsync($"const value = ({expression}); return new Response(typeof value === 'function' ? 'function' : String(value));", top: "const v = new AsyncContext.Variable({ name: 'v', defaultValue: 'none' });");

        (await function.GetAsync()).ShouldBe(expected);
    }
}
