using JsRun.Hosting.Tests.Values;

namespace JsRun.Hosting.Tests.Bindings;

public sealed partial class BindObjectTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Upstream", "OPS::test_bind_object_with_values")]
    public async Task BindObject_FunctionsAndValues_AreMembers() =>
        (await RunAsync("api", new() { ["value"] = 123, ["add"] = (int a, int b) => a + b }, "[api.value, api.add(2, 3)]")).ShouldBeExactly(new List<object?> { 123L, 5L });

    [Fact]
    [Trait("Upstream", "OPS::test_bind_object_with_async_function")]
    public async Task BindObject_AsyncFunction_IsAMember() =>
        (await RunAsync(
            "api",
            new()
            {
                ["value"] = 7,
                ["multiply"] = async (int a, int b) =>
                {
                    await Task.Yield();
                    return a * b;
                },
            },
            "(async () => [await api.multiply(3, 4), api.value])()")).ShouldBeExactly(new List<object?> { 12L, 7L });

    [Fact]
    [Trait("Upstream", "OPS::test_bind_object_with_escaped_keys")]
    public async Task BindObject_HostileKeys_AreProperties()
    {
        const string key = "x']; globalThis.injected = true; //";

        (await RunAsync("api", new() { [key] = 42, ["__proto__"] = 1, [""] = 2, ["\ud800\n"] = () => 3 }, $"[api[{System.Text.Json.JsonSerializer.Serialize(key)}], typeof injected, Object.getPrototypeOf(api) === Object.prototype, api[''], api['\\ud800\\n'](), Object.keys(api).length]"))
            .ShouldBeExactly(new List<object?> { 42L, "undefined", true, 2L, 3L, 4L });
    }

    [Theory]
    [InlineData("weird.name-with spaces")]
    [InlineData("__proto__")]
    [Trait("Upstream", "OPS::test_bind_object_with_special_global_name")]
    public async Task BindObject_SpecialName_IsAPropertyOfTheGlobal(string name) =>
        (await RunAsync(name, new() { ["value"] = 1 }, $"Object.getOwnPropertyDescriptor(globalThis, '{name}').value.value")).ShouldBe(1L);

    [Fact]
    public async Task BindObject_NestedObjects_HaveFunctionsToo() =>
        (await RunAsync(
            "api",
            new() { ["users"] = new Dictionary<string, object?> { ["find"] = (int id) => $"user {id}", ["deep"] = new Dictionary<string, object?> { ["up"] = (string s) => s.ToUpperInvariant() } }, ["list"] = new List<object?> { 1, () => 2 } },
            "[api.users.find(1), api.users.deep.up('x'), api.list[1](), api.users.find.name]")).ShouldBeExactly(new List<object?> { "user 1", "X", 2L, "find" });

    [Fact]
    public async Task BindObject_Values_AreCopies()
    {
        var list = new List<object?> { 1 };
        await using var runtime = await own.NewAsync();
        runtime.BindObject("api", new Dictionary<string, object?> { ["list"] = list });
        list.Add(2);

        (await runtime.EvaluateAsync("api.list.push(3, 4, 5); api.list.length", Token)).ShouldBe(4L);
        list.Count.ShouldBe(2);
    }

    [Fact]
    [Trait("Upstream", "2.17: binding an object again replaces it")]
    public async Task BindObject_Again_ReplacesTheWholeObject()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindObject("event", new Dictionary<string, object?> { ["a"] = 1, ["reply"] = () => 1 });
        await runtime.EvaluateAsync("var old = event;", Token);
        runtime.BindObject("event", new Dictionary<string, object?> { ["b"] = 2 });

        (await runtime.EvaluateAsync("let code; try { old.reply(); } catch (e) { code = e.code; } [event.a, event.b, code]", Token)).ShouldBeExactly(new List<object?> { JsUndefined.Value, 2L, "revoked" });
    }

    [Fact]
    public async Task BindObject_Merge_AddsAndOverwrites()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindObject("api", new Dictionary<string, object?> { ["a"] = 1, ["b"] = 2, ["f"] = () => 1 });
        await runtime.EvaluateAsync("var same = api;", Token);
        runtime.BindObject("api", new Dictionary<string, object?> { ["b"] = 3, ["g"] = () => 2 }, JsBindMode.Merge);

        (await runtime.EvaluateAsync("[same === api, api.a, api.b, api.f(), api.g()]", Token)).ShouldBeExactly(new List<object?> { true, 1L, 3L, 1L, 2L });
    }

    [Fact]
    public async Task BindObject_Merge_RevokesTheFunctionsThatItReplaces()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindObject("api", new Dictionary<string, object?> { ["f"] = () => 1, ["g"] = () => 2, ["deep"] = new Dictionary<string, object?> { ["h"] = () => 3 }, ["kept"] = () => 4 });
        await runtime.EvaluateAsync("var { f, g, deep: { h }, kept } = api; const attempt = (call) => { try { return call(); } catch (e) { return e.code; } };", Token);

        runtime.BindObject("api", new Dictionary<string, object?> { ["f"] = () => 10, ["g"] = "data", ["deep"] = null }, JsBindMode.Merge);

        (await runtime.EvaluateAsync("[f, g, h, kept, api.f, api.kept].map(attempt)", Token)).ShouldBeExactly(new List<object?> { "revoked", "revoked", "revoked", 4L, 10L, 4L });
    }

    [Fact]
    public async Task BindObject_MergeIntoAnExportedClass_RevokesTheMembersThatItReplaces()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindObject("calc", new Calculator(), JsBindMode.Replace);
        await runtime.EvaluateAsync("var { add, hostAdd } = calc; const attempt = (call) => { try { return call(2, 3); } catch (e) { return e.code; } };", Token);

        runtime.BindObject("calc", new Dictionary<string, object?> { ["add"] = (int a, int b) => a * b }, JsBindMode.Merge);

        (await runtime.EvaluateAsync("[add, hostAdd, calc.add].map(attempt)", Token)).ShouldBeExactly(new List<object?> { "revoked", 5L, 6L });
    }

    [Fact]
    public async Task BindObject_MergeIntoWhatAScriptPutInItsPlace_RevokesAllThatWasBound()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindObject("api", new Dictionary<string, object?> { ["f"] = () => 1 });
        await runtime.EvaluateAsync("var f = api.f; api = 1;", Token);

        runtime.BindObject("api", new Dictionary<string, object?> { ["g"] = () => 2 }, JsBindMode.Merge);

        (await runtime.EvaluateAsync("let code; try { f(); } catch (e) { code = e.code; } [code, api.g()]", Token)).ShouldBeExactly(new List<object?> { "revoked", 2L });
    }

    [Theory]
    [InlineData("")]
    [InlineData("var api = 1;")]
    [InlineData("var api = Object.freeze({});")]
    public async Task BindObject_MergeWithoutAnObjectToMergeInto_Replaces(string before)
    {
        await using var runtime = await own.NewAsync();
        await runtime.EvaluateAsync(before, Token);
        runtime.BindObject("api", new Dictionary<string, object?> { ["a"] = 1 }, JsBindMode.Merge);

        (await runtime.EvaluateAsync("api.a", Token)).ShouldBe(1L);
    }

    [Fact]
    public async Task BindObject_ValueThatCannotCross_BindsNothing()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindObject("api", new Dictionary<string, object?> { ["a"] = 1 });

        Should.Throw<JsConversionException>(() => runtime.BindObject("api", new Dictionary<string, object?> { ["b"] = 1, ["c"] = Task.CompletedTask }));

        (await runtime.EvaluateAsync("Object.keys(api).join()", Token)).ShouldBe("a");
    }

    [Fact]
    [Trait("Upstream", "RT::test_bind_decorator_uses_function_name")]
    public async Task BindObject_ExportedClass_HasItsMethodsByTheirNames() => (await ExportAsync("[calc.add(2, 3), calc.add.name]")).ShouldBeExactly(new List<object?> { 5L, "add" });

    [Fact]
    [Trait("Upstream", "RT::test_bind_decorator_custom_name")]
    public async Task BindObject_ExportedMemberWithAName_HasThatName() => (await ExportAsync("[calc.hostAdd(4, 6), 'named' in calc]")).ShouldBeExactly(new List<object?> { 10L, false });

    [Fact]
    [Trait("Upstream", "RT::test_bind_decorator_supports_async_callables")]
    public async Task BindObject_ExportedAsyncMethods_AnswerWithPromises()
    {
        var calculator = new Calculator();

        (await ExportAsync("(async () => [calc.addAsync(5, 7) instanceof Promise, await calc.addAsync(5, 7), await calc.waitAsync()])()", calculator)).ShouldBeExactly(new List<object?> { true, 12L, JsUndefined.Value });

        calculator.Calls.ShouldBe([(5, 7), (5, 7)]);
    }

    [Fact]
    public async Task BindObject_ExportedProperties_AreReadAndWrittenLive()
    {
        var calculator = new Calculator { Scale = 2 };

        (await ExportAsync("'use strict'; const first = calc.scale; calc.scale = 5; let refused; try { calc.name = 'x'; } catch (e) { refused = e instanceof TypeError; } [first, calc.scale, calc.name, refused]", calculator))
            .ShouldBeExactly(new List<object?> { 2L, 5L, "calculator", true });

        calculator.Scale.ShouldBe(5);
    }

    [Fact]
    public async Task BindObject_ExportedMethods_TakeDefaultsRestAndCallbacks() =>
        (await ExportAsync("(async () => [calc.greet(), calc.greet('you'), calc.sum(1, 2, 3), calc.sum(), await calc.applyAsync((x) => x + 1, 1), calc.ignored])()"))
            .ShouldBeExactly(new List<object?> { "hello world", "hello you", 6L, 0L, 2L, JsUndefined.Value });

    [Fact]
    public async Task BindObject_ExportedAgain_RevokesTheMembersOfTheFirst()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindObject("calc", new Calculator());
        await runtime.EvaluateAsync("var add = calc.add;", Token);
        runtime.BindObject("calc", new Calculator());

        (await runtime.EvaluateAsync("let code; try { add(1, 2); } catch (e) { code = e.code; } [code, calc.add(1, 2)]", Token)).ShouldBeExactly(new List<object?> { "revoked", 3L });
    }

    [Fact]
    public async Task BindObject_ExportedErrors_NameTheMember() =>
        (await ExportAsync("try { calc.add(1); } catch (e) { e.message }")).ShouldBe("calc.add: argument 2 (b) is missing: it must be a whole number that fits into Int32.");

    [Fact]
    [Trait("Upstream", "RT::test_bind_direct_call_returns_callable")]
    public async Task BindFunction_MethodOfTheHosts_StaysTheHosts()
    {
        Func<int, int, int> multiply = (a, b) => a * b;
        await using var runtime = await own.NewAsync();
        runtime.BindFunction(nameof(multiply), multiply);

        (await runtime.EvaluateAsync("multiply(3, 4)", Token)).ShouldBe(12L);
        multiply(3, 4).ShouldBe(12);
    }

    [Fact]
    [Trait("Clock", "real")]
    [Trait("Upstream", "RT::test_bind_direct_call_supports_async_callables")]
    public async Task BindFunction_AsyncMethodOfTheHosts_StaysTheHosts()
    {
        Func<int, Task<int>> cube = async x =>
        {
            await Task.Yield();
            return x * x * x;
        };
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("cube", cube);

        (await runtime.EvaluateAsync("cube(3)", Token)).ShouldBe(27L);
        (await cube(3)).ShouldBe(27);
    }

    private async Task<object?> RunAsync(string name, Dictionary<string, object?> members, string code)
    {
        await using var runtime = await own.NewAsync();
        runtime.BindObject(name, members);
        return await runtime.EvaluateAsync(code, Token);
    }

    private async Task<object?> ExportAsync(string code, Calculator? calculator = null)
    {
        await using var runtime = await own.NewAsync();
        runtime.BindObject("calc", calculator ?? new Calculator());
        return await runtime.EvaluateAsync(code, Token);
    }

    [JsExport]
    private sealed partial class Calculator
    {
        [JsIgnore]
        public List<(int A, int B)> Calls { get; } = [];

        public string Name { get; } = "calculator";

        public int Scale { get; set; } = 1;

        public int Add(int a, int b) => a + b + (Calls.Count * 0);

        [JsExport("hostAdd")]
        public int Named(int a, int b) => Add(a, b);

        public async Task<int> AddAsync(int a, int b)
        {
            Calls.Add((a, b));
            await Task.Yield();
            return a + b;
        }

        public async ValueTask WaitAsync(CancellationToken cancellationToken)
        {
            Calls.Count.ShouldBe(2);
            await Task.Delay(0, cancellationToken);
        }

        public string Greet(string name = "world") => $"hello {name}{(Scale == 0 ? "!" : "")}";

        public int Sum(params int[] numbers) => numbers.Sum() * (Scale == 0 ? 0 : 1);

        public async ValueTask<object?> ApplyAsync(JsFunction f, int x) => await f.InvokeAsync(x + (Scale * 0));

        [JsIgnore]
        public int Ignored() => Scale;
    }
}
