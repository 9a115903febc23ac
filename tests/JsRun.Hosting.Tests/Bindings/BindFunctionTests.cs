using System.Numerics;
using JsRun.Hosting.Tests.Values;

namespace JsRun.Hosting.Tests.Bindings;

public sealed class BindFunctionTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Upstream", "OPS::test_bind_sync_function")]
    public async Task BindFunction_SyncFunction_AnswersWithItsValue() => (await RunAsync("addValues(2, 3)", ("addValues", (int a, int b) => a + b))).ShouldBe(5L);

    [Fact]
    [Trait("Upstream", "OPS::test_bind_async_function")]
    public async Task BindFunction_AsyncFunction_AnswersWithAPromise() =>
        (await RunAsync("(async () => { const p = multiply(3, 4); return [p instanceof Promise, await p]; })()", ("multiply", async (int a, int b) =>
        {
            await Task.Yield();
            return a * b;
        }
    ))).ShouldBeExactly(new List<object?> { true, 12L });

    [Fact]
    public async Task BindFunction_EveryKindOfTask_AnswersWithAPromise() =>
        (await RunAsync(
            "(async () => { const all = [a(), b(), c(), d(), e(), f(), g()]; return [all.every((p) => p instanceof Promise), ...await Promise.all(all)]; })()",
            ("a", () => Task.FromResult(1)),
            ("b", () => ValueTask.FromResult("x")),
            ("c", () => Task.CompletedTask),
            ("d", () => ValueTask.CompletedTask),
            ("e", async () => await Task.Yield()),
            ("f", new Func<object?>(() => Task.FromResult(2))),
            ("g", async () =>
            {
                await Task.Yield();
                return (string?)null;
            }
    ))).ShouldBeExactly(new List<object?> { true, 1L, "x", JsUndefined.Value, JsUndefined.Value, JsUndefined.Value, 2L, null });

    [Fact]
    [Trait("Upstream", "2.17: null and undefined as host-function arguments")]
    public async Task BindFunction_PlainArguments_CrossAsTheyAre() =>
        (await RunAsync(
            "f(1, 1.5, -0, NaN)() ?? g('a\\u0000\\ud800\"', true, null, undefined)",
            ("f", (object? a, object? b, object? c, object? d) =>
            {
                (a, b, d).ShouldBe((1L, 1.5, double.NaN));
                double.IsNegative((double)c!).ShouldBeTrue();
                return (Func<object?>)(() => null);
            }
    ),
            ("g", (object? a, object? b, object? c, object? d) =>
            {
                (a, b, c, d).ShouldBe(("a\0\ud800\"", true, null, JsUndefined.Value));
                return a;
            }
    ))).ShouldBe("a\0\ud800\"");

    [Fact]
    public async Task BindFunction_ManyArguments_AllArrive() => (await RunAsync("f(1, 2, 3, 4, 5, 6, 7)", ("f", (params int[] all) => all.Sum()))).ShouldBe(28L);

    [Fact]
    public async Task BindFunction_Objects_AreCopied() =>
        (await RunAsync(
            "const o = { a: [1, { b: 'x' }] }; const r = f(o, 1); r.a[0] = 9; JSON.stringify([o, r])",
            ("f", (Dictionary<string, object?> o, int n) => o))).ShouldBe("""[{"a":[1,{"b":"x"}]},{"a":[9,{"b":"x"}]}]""");

    [Fact]
    public async Task BindFunction_RecordsAndLists_AreReadAndWritten() =>
        (await RunAsync(
            "const r = f({ x: 1, y: 2 }, [1, 2, 3]); [r.x, r.y]",
            ("f", (Point point, int[] numbers) => new Point(point.X + numbers.Sum(), point.Y)))).ShouldBeExactly(new List<object?> { 7L, 2L });

    [Fact]
    public async Task BindFunction_SeveralArgumentsWithBytes_KeepThemApart() =>
        (await RunAsync(
            "const r = f(new Uint8Array([1, 2]), 'x', new Uint8Array([3]).buffer, new Uint16Array([400])); [r.length, r[0], r[4]]",
            ("f", (byte[] a, string b, byte[] c, ushort[] d) =>
            {
                d.ShouldBe([400]);
                return new byte[] { a[0], a[1], (byte)b[0], c[0], 7 };
            }
    ))).ShouldBeExactly(new List<object?> { 5L, 1L, 7L });

    [Fact]
    public async Task BindFunction_GetterThatCallsAnotherWithBytes_DisturbsNothing() =>
        (await RunAsync(
            "f(new Uint8Array([1]), { get x() { return g(new Uint8Array([8, 9])).length; } })",
            ("f", (byte[] a, Dictionary<string, object?> o) => $"{a[0]} {o["x"]}"),
            ("g", (byte[] a) => a))).ShouldBe("1 2");

    [Fact]
    public async Task BindFunction_ValueThatCannotCross_IsATypeError()
    {
        var seen = 0;
        (await RunAsync("const o = {}; o.o = o; [Symbol('s'), o, Promise.resolve(1)].map((v) => { try { f(1, v); } catch (e) { return `${e instanceof TypeError} ${e.message}`; } })", ("f", (object? a, object? b) => seen++)))
            .ShouldBeOfType<List<object?>>().ShouldAllBe(text => ((string)text!).StartsWith("true "));

        seen.ShouldBe(0);
    }

    [Fact]
    public async Task BindFunction_ArgumentThatDoesNotFit_IsATypeErrorThatNamesIt() =>
        (await RunAsync("try { f('x'); } catch (e) { [e instanceof TypeError, e.message, e.code] }", ("f", (int count) => count)))
            .ShouldBeExactly(new List<object?> { true, "f: argument 1 (count): a string is not a whole number that fits into Int32.", "conversion" });

    [Fact]
    public async Task BindFunction_ArgumentThatIsTooLarge_IsATypeError()
    {
        var error = await Should.ThrowAsync<JavaScriptException>(() => RunAsync("f('x'.repeat(11 * 1024 * 1024))", ("f", (string text) => text.Length)));

        error.Message.ShouldContain("exceeded maximum limit");
        error.Name.ShouldBe("TypeError");
    }

    [Fact]
    public async Task BindFunction_JsFunctionAsArgument_CanBeCalledBack() =>
        (await RunAsync("(async () => await apply((x) => x * 2, 21))()", ("apply", async (JsFunction f, int x) => await f.InvokeAsync(x)))).ShouldBe(42L);

    [Fact]
    public async Task BindFunction_DelegateAsResult_IsAFunction() =>
        (await RunAsync("const next = counter(10); [next(), next(), counter(1)()]", ("counter", (int start) => (Func<int>)(() => start++)))).ShouldBeExactly(new List<object?> { 10L, 11L, 1L });

    [Fact]
    public async Task BindFunction_Function_IsNamedAndNoConstructor() =>
        (await RunAsync("[f.name, typeof f, 'prototype' in f, (() => { try { new f(); } catch (e) { return e instanceof TypeError; } })()]", ("f", () => 1)))
            .ShouldBeExactly(new List<object?> { "f", "function", false, true });

    [Theory]
    [InlineData("a.b")]
    [InlineData("__proto__")]
    [InlineData("constructor")]
    [InlineData("1")]
    [InlineData("")]
    [InlineData("x'];globalThis.injected=1;//")]
    public async Task BindFunction_AnyName_IsAPropertyAndNeverCode(string name)
    {
        await using var runtime = await own.NewAsync();
        runtime.BindFunction(name, () => 42);
        runtime.BindFunction("name", () => name);

        (await runtime.EvaluateAsync("const own = Object.getOwnPropertyDescriptor(globalThis, name()); [own.value(), typeof injected]", Token)).ShouldBeExactly(new List<object?> { 42L, "undefined" });
    }

    [Fact]
    public async Task BindFunction_BoundAgain_ReplacesAndRevokes()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("f", () => 1);
        await runtime.EvaluateAsync("var old = f;", Token);
        runtime.BindFunction("f", () => 2);

        (await runtime.EvaluateAsync("let code; try { old(); } catch (e) { code = e.code; } [f(), code]", Token)).ShouldBeExactly(new List<object?> { 2L, "revoked" });
    }

    [Fact]
    public async Task BindFunction_GlobalThatCannotBeRedefined_SaysSo()
    {
        await using var runtime = await own.NewAsync();

        Should.Throw<JavaScriptException>(() => runtime.BindFunction("undefined", () => 1)).Message.ShouldContain("'undefined' cannot be redefined");
    }

    [Fact]
    public async Task BindFunction_AfterDisposal_IsRefused()
    {
        var runtime = await own.NewAsync();
        await runtime.DisposeAsync();

        Should.Throw<ObjectDisposedException>(() => runtime.BindFunction("f", () => 1));
    }

    [Fact]
    public async Task BindFunction_FunctionOfAnotherRuntime_DoesNotReachThisOne()
    {
        await using var first = await own.NewAsync();
        await using var second = await own.NewAsync();
        first.BindFunction("f", () => 1);

        (await second.EvaluateAsync("typeof f", Token)).ShouldBe("undefined");
    }

    [Fact]
    public async Task BindFunction_PoisonedIntrinsics_ChangeNothing()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("f", (int a, Dictionary<string, object?> b) => $"{a} {b["x"]}");
        runtime.BindFunction("g", async () =>
        {
            await Task.Yield();
            return new List<object?> { 1, 2 };
        });

        (await runtime.EvaluateAsync("""
            (async () => {
              const { ownKeys } = Reflect;
              const text = String;
              const poor = [Array.prototype, Object.prototype, Function.prototype, String.prototype, Promise.prototype, Reflect, JSON];
              for (let i = 0; i < poor.length; i++) {
                const keys = ownKeys(poor[i]);
                for (let j = 0; j < keys.length; j++) {
                  const name = text(keys[j]);
                  if (name !== 'constructor' && name !== 'then') try { if (typeof poor[i][keys[j]] === 'function') poor[i][keys[j]] = () => { throw new Error('poisoned ' + name); }; } catch {}
                }
              }
              const joined = f(1, { x: 'y' });
              const list = await g();
              return joined + list[0] + list.length;
            })()
            """, Token)).ShouldBe("1 y12");
    }

    [Fact]
    public async Task BindFunction_IdsAndHost_AreOutOfReach() =>
        (await RunAsync(
            "const names = []; for (let o = globalThis; o; o = Object.getPrototypeOf(o)) names.push(...Reflect.ownKeys(o).map(String)); names.filter((n) => /host|op_|bind_|__jsrun/i.test(n)).concat(Reflect.ownKeys(f).map(String))",
            ("f", () => 1))).ShouldBeExactly(new List<object?> { "length", "name" });

    [Fact]
    [Trait("Upstream", "2.17: ints near 2^53/2^63 both ways")]
    public async Task BindFunction_LargeIntegers_CrossExactly() =>
        (await RunAsync(
            "[f(2n ** 63n - 1n), g() === 2n ** 53n, typeof h()]",
            ("f", (long value) => value == long.MaxValue),
            ("g", () => 1L << 53),
            ("h", () => (1L << 53) - 1))).ShouldBeExactly(new List<object?> { true, true, "number" });

    [Fact]
    public async Task BindFunction_BigInteger_CrossesBothWays() => (await RunAsync("f(2n ** 100n)", ("f", (BigInteger value) => value + 1))).ShouldBe(BigInteger.Pow(2, 100) + 1);

    private async Task<object?> RunAsync(string code, params (string Name, Delegate Handler)[] functions)
    {
        await using var runtime = await own.NewAsync();
        foreach (var (name, handler) in functions)
        {
            runtime.BindFunction(name, handler);
        }

        return await runtime.EvaluateAsync(code, Token);
    }

    private sealed record Point(int X, int Y);
}
