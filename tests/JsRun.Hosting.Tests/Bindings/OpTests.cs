using System.Numerics;
using JsRun.Hosting.Tests.Values;
using Microsoft.Extensions.Logging;

namespace JsRun.Hosting.Tests.Bindings;

public sealed class OpTests : IAsyncLifetime
{
    private TestHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("Upstream", "OPS::test_register_sync_op")]
    [Trait("Upstream", "OPS::test_handler_with_lambda")]
    public async Task RegisterOp_Sync_IsThereByItsName() => (await RunAsync("[typeof JsRun.ops.op, JsRun.ops.op()]", new JsOp("op", () => 1))).ShouldBeExactly(new List<object?> { "function", 1L });

    [Fact]
    [Trait("Upstream", "OPS::test_register_async_op")]
    public async Task RegisterOp_Async_AnswersWithAPromise() =>
        (await RunAsync("(async () => [JsRun.ops.op() instanceof Promise, await JsRun.ops.op()])()", new JsOp("op", () => Task.FromResult(1), JsOpMode.Async))).ShouldBeExactly(new List<object?> { true, 1L });

    [Fact]
    [Trait("Upstream", "OPS::test_register_multiple_ops")]
    public async Task RegisterOp_Several_AreDistinct() =>
        (await RunAsync("Object.keys(JsRun.ops).map((n) => JsRun.ops[n]())", new JsOp("a", () => 1), new JsOp("b.c", () => 2), new JsOp("d", () => 3))).ShouldBeExactly(new List<object?> { 1L, 2L, 3L });

    [Fact]
    public async Task RegisterOp_NameTwice_IsRefused()
    {
        await using var runtime = await NewAsync();
        runtime.RegisterOp(new JsOp("op", () => 1));

        Should.Throw<ArgumentException>(() => runtime.RegisterOp(new JsOp("op", () => 2))).Message.ShouldContain("an op of the name 'op' already");

        (await runtime.EvaluateAsync("JsRun.ops.op()", Token)).ShouldBe(1L);
    }

    [Fact]
    [Trait("Upstream", "OPS::test_register_op_after_close")]
    public async Task RegisterOp_AfterDisposal_IsRefused()
    {
        var runtime = await NewAsync();
        await runtime.DisposeAsync();

        Should.Throw<ObjectDisposedException>(() => runtime.RegisterOp(new JsOp("op", () => 1))).Message.ShouldContain("closed");
    }

    [Fact]
    [Trait("Upstream", "OPS::test_ops_work_with_context_manager")]
    public async Task RegisterOp_InAUsingBlock_Works()
    {
        await using (var runtime = await NewAsync())
        {
            runtime.RegisterOp(new JsOp("op", () => 1));

            runtime.Evaluate<int>("JsRun.ops.op()").ShouldBe(1);
        }
    }

    [Fact]
    [Trait("Upstream", "OPS::test_handler_receives_arguments")]
    [Trait("Upstream", "OPS::test_handler_returns_value")]
    [Trait("Upstream", "OPS::test_sync_op_invocation")]
    public async Task Op_Arguments_AreSpreadAndItsResultConverted() =>
        (await RunAsync("JSON.stringify(JsRun.ops.join('a', 'b', 'c'))", new JsOp("join", (params string[] all) => new Dictionary<string, object?> { ["joined"] = string.Concat(all), ["count"] = all.Length })))
            .ShouldBe("""{"joined":"abc","count":3}""");

    [Fact]
    [Trait("Upstream", "OPS::test_handler_with_closure")]
    [Trait("Upstream", "OPS::test_guard_can_mutate_shared_state")]
    public async Task Op_Handler_MayKeepState()
    {
        var seen = new List<object?[]>();

        (await RunAsync("[JsRun.ops.log('a', 'b'), JsRun.ops.log('c')]", new JsOp("log", (params object?[] all) =>
        {
            seen.Add(all);
            return seen.Count;
        }))).ShouldBeExactly(new List<object?> { 1L, 2L });

        seen.ShouldBe([["a", "b"], ["c"]]);
    }

    [Fact]
    [Trait("Upstream", "OPS::test_async_op_invocation")]
    public async Task Op_Async_IsAwaited() =>
        (await RunAsync(
            "(async () => JSON.stringify(await JsRun.ops.op(1, 2, 3)))()",
            new JsOp("op", async (params int[] data) =>
            {
                await Task.Yield();
                return new { count = data.Length, data = data.Select(n => n).ToList() };
            }, JsOpMode.Async))).ShouldBe("""{"count":3,"data":[1,2,3]}""");

    [Fact]
    [Trait("Upstream", "OPS::test_sync_call_async_op_errors")]
    public async Task Op_SyncThatTurnsOutAsync_Throws() =>
        (await RunAsync("try { JsRun.ops.op(); } catch (e) { [e.code, e.message] }", new JsOp("op", new Func<object?>(() => Task.FromResult(1)))))
            .ShouldBeExactly(new List<object?> { "not-synchronous", "The op 'op' is synchronous, but its handler returned a task: register it with JsOpMode.Async." });

    [Fact]
    [Trait("Upstream", "OPS::test_sync_guard_blocks_disallowed_calls")]
    public async Task Op_HandlerThatGuards_DeniesInJavaScript() =>
        (await RunAsync(
            "const read = JsRun.ops.read; let denied; try { read('/etc/passwd'); } catch (e) { denied = [e.name, e.message, e.code]; } [read('/tmp/data'), ...denied]",
            new JsOp("read", (string path) => path.StartsWith("/tmp/", StringComparison.Ordinal) ? $"read:{path}" : throw new JsPermissionException($"Permission denied: {path}"))))
            .ShouldBeExactly(new List<object?> { "read:/tmp/data", "PermissionDenied", "Permission denied: /etc/passwd", "permission-denied" });

    [Fact]
    [Trait("Upstream", "OPS::test_register_op_with_custom_guard")]
    public async Task Op_GuardThrowsAnExceptionOfItsOwn_IsTheInnerExceptionWhereNobodyCatches()
    {
        var denied = new JsPermissionException("Permission denied: /etc/passwd");

        var thrown = await Should.ThrowAsync<JavaScriptException>(() => RunAsync("JsRun.ops.read('/etc/passwd')", new JsOp("read", object (string _) => throw denied)));

        thrown.Name.ShouldBe("PermissionDenied");
        thrown.InnerException.ShouldBeSameAs(denied);
    }

    [Fact]
    [Trait("Upstream", "OPS::test_async_guard_blocks_disallowed_calls")]
    public async Task Op_AsyncHandlerThatGuards_RejectsInJavaScript() =>
        (await RunAsync(
            "(async () => { const get = JsRun.ops.get; let denied; try { await get('evil.example'); } catch (e) { denied = e.message; } return [await get('api.example'), denied]; })()",
            new JsOp("get", async (string host) =>
            {
                await Task.Yield();
                return host == "api.example" ? $"https://{host}/" : throw new JsPermissionException("Permission denied");
            }, JsOpMode.Async))).ShouldBeExactly(new List<object?> { "https://api.example/", "Permission denied" });

    [Fact]
    [Trait("Upstream", "OPS::test_sync_op_receives_uint8array")]
    [Trait("Upstream", "OPS::test_sync_op_returns_bytes")]
    public async Task Op_Bytes_CrossBothWays() =>
        (await RunAsync("JsRun.ops.op(new Uint8Array([1, 2, 3]))", new JsOp("op", (byte[] bytes) =>
        {
            bytes.ShouldBe([1, 2, 3]);
            return new byte[] { 0xAA, 0xBB };
        }))).ShouldBe(new byte[] { 0xAA, 0xBB });

    [Fact]
    [Trait("Upstream", "OPS::test_sync_op_receives_date")]
    [Trait("Upstream", "OPS::test_sync_op_returns_datetime")]
    public async Task Op_Dates_CrossBothWays() =>
        (await RunAsync("JsRun.ops.op(new Date(1704067200000))", new JsOp("op", (DateTimeOffset date) =>
        {
            date.ShouldBe(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero));
            return new DateTimeOffset(2023, 12, 25, 0, 0, 0, TimeSpan.Zero);
        }))).ShouldBe(new DateTimeOffset(2023, 12, 25, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    [Trait("Upstream", "OPS::test_sync_op_receives_set")]
    [Trait("Upstream", "OPS::test_sync_op_returns_set")]
    public async Task Op_Sets_CrossBothWays() =>
        (await RunAsync("Array.from(JsRun.ops.op(new Set([1, 2, 3])))", new JsOp("op", (HashSet<object?> set) =>
        {
            set.ShouldBe([1L, 2L, 3L], ignoreOrder: true);
            return new HashSet<int> { 4, 5 };
        }))).ShouldBeExactly(new List<object?> { 4L, 5L });

    [Fact]
    [Trait("Upstream", "OPS::test_sync_op_receives_bigint")]
    [Trait("Upstream", "OPS::test_sync_op_returns_bigint")]
    public async Task Op_BigInts_CrossBothWays() =>
        (await RunAsync("const r = JsRun.ops.op(2n ** 64n); [typeof r, r === 2n ** 200n]", new JsOp("op", (BigInteger big) =>
        {
            big.ShouldBe(BigInteger.Pow(2, 64));
            return BigInteger.Pow(2, 200);
        }))).ShouldBeExactly(new List<object?> { "bigint", true });

    [Fact]
    [Trait("Upstream", "OPS::test_sync_op_receives_undefined")]
    [Trait("Upstream", "OPS::test_sync_op_returns_undefined")]
    [Trait("Upstream", "2.17: null and undefined as host-function arguments")]
    public async Task Op_NullAndUndefined_StayApart() =>
        (await RunAsync("[JsRun.ops.op(undefined) === undefined, JsRun.ops.op(null) === null]", new JsOp("op", (object? value) => value))).ShouldBeExactly(new List<object?> { true, true });

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-0.0)]
    [Trait("Upstream", "RT::test_sync_op_echo_nan")]
    [Trait("Upstream", "RT::test_sync_op_echo_infinity")]
    [Trait("Upstream", "RT::test_sync_op_returns_nan_from_python")]
    public async Task Op_SpecialNumbers_CrossBothWays(double number)
    {
        await using var runtime = await NewAsync();
        runtime.RegisterOp(new JsOp("number", () => number));
        runtime.RegisterOp(new JsOp("echo", (double value) => BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(number) || double.IsNaN(value) && double.IsNaN(number) ? value : 42));

        var echo = (double)(await runtime.EvaluateAsync("JsRun.ops.echo(JsRun.ops.number())", Token))!;

        echo.ShouldBe(number);
        double.IsNegative(echo).ShouldBe(number < 0 || (number == 0 && double.IsNegative(number)));
    }

    [Fact]
    [Trait("Upstream", "RT::test_sync_op_python_circular_list_raises_error")]
    [Trait("Upstream", "RT::test_sync_op_python_circular_dict_raises_error")]
    public async Task Op_CircularResults_AreErrors()
    {
        var list = new List<object?>();
        list.Add(list);
        var dictionary = new Dictionary<string, object?>();
        dictionary["self"] = dictionary;

        var error = await Should.ThrowAsync<JavaScriptException>(() => RunAsync("JsRun.ops.op()", new JsOp("op", () => list)));
        error.Message.ShouldContain("ircular");
        error.Message.ShouldContain("list");
        error.InnerException.ShouldBeOfType<JsConversionException>();
        (await Should.ThrowAsync<JavaScriptException>(() => RunAsync("JsRun.ops.op()", new JsOp("op", () => dictionary)))).Message.ShouldContain("dict");
    }

    [Fact]
    [Trait("Upstream", "RT::test_sync_op_python_large_payload_hits_size_limit")]
    public async Task Op_ResultThatIsTooLarge_IsAnError() =>
        (await Should.ThrowAsync<JavaScriptException>(() => RunAsync("JsRun.ops.op()", new JsOp("op", () => Enumerable.Repeat(new string('x', 1 << 20), 12).ToArray())))).Message.ShouldContain("exceeded maximum limit");

    [Fact]
    [Trait("Upstream", "OPS::test_op_globals_exist")]
    public async Task Ops_Globals_AreFrozenAndNothingElseIsThere() =>
        (await RunAsync(
            "'use strict'; const tries = [() => { JsRun = 1; }, () => { JsRun.ops = 1; }, () => { JsRun.ops.op = 1; }, () => { JsRun.ops.other = 1; }, () => { delete JsRun.ops.op; }, () => { delete globalThis.JsRun; }];"
            + "[tries.filter((t) => { try { t(); return true; } catch { return false; } }).length, typeof __host_op_sync__, typeof __host_op_async__, Object.keys(JsRun).join(), Object.keys(globalThis).includes('JsRun')]",
            new JsOp("op", () => 1))).ShouldBeExactly(new List<object?> { 0L, "undefined", "undefined", "ops", false });

    [Fact]
    public async Task Ops_WithoutAny_AddNoGlobal() => (await RunAsync("typeof JsRun")).ShouldBe("undefined");

    [Fact]
    public async Task RegisterOp_GlobalThatWasTaken_SaysSo()
    {
        await using var runtime = await NewAsync();
        await runtime.EvaluateAsync("Object.defineProperty(globalThis, 'JsRun', { value: 1 }); 0", Token);

        Should.Throw<JavaScriptException>(() => runtime.RegisterOp(new JsOp("op", () => 1))).Message.ShouldContain("The global JsRun");
    }

    [Theory]
    [InlineData("op:files.read", true)]
    [InlineData("op:files.*", true)]
    [InlineData("op:*", true)]
    [InlineData("op:files", false)]
    [InlineData("op:other", false)]
    [InlineData("net:*", false)]
    public async Task Op_Permission_DecidesAtEveryCall(string granted, bool allowed)
    {
        var denials = new List<JsPermissionDenial>();
        var calls = 0;
        await using var runtime = await NewAsync(granted, denials.Add);
        runtime.RegisterOp(new JsOp("files.read", () => ++calls));

        var result = await runtime.EvaluateAsync("const attempt = () => { try { return JsRun.ops['files.read'](); } catch (e) { return `${e.name} ${e.code} ${e instanceof Error}`; } }; [attempt(), attempt()]", Token);

        result.ShouldBe(allowed ? new List<object?> { 1L, 2L } : new List<object?> { "PermissionDenied permission-denied true", "PermissionDenied permission-denied true" });
        calls.ShouldBe(allowed ? 2 : 0);
        denials.Select(d => d.Permission).ShouldBe(allowed ? [] : ["op:files.read", "op:files.read"]);
    }

    [Fact]
    public async Task Op_PermissionOfItsOwn_IsWhatCounts()
    {
        await using var runtime = await NewAsync("op:storage");
        runtime.RegisterOp(new JsOp("read", () => 1, permission: "op:storage"));

        (await runtime.EvaluateAsync("JsRun.ops.read()", Token)).ShouldBe(1L);
    }

    [Fact]
    public async Task Op_DeniedAsync_Rejects()
    {
        await using var runtime = await NewAsync("op:other");
        runtime.RegisterOp(new JsOp("op", () => Task.FromResult(1), JsOpMode.Async));

        (await runtime.EvaluateAsync("JsRun.ops.op().then(() => 'fulfilled', (e) => e.name)", Token)).ShouldBe("PermissionDenied");
    }

    [Fact]
    public async Task Op_Denied_ComesBackAsTheHostsException()
    {
        await using var runtime = await NewAsync("op:other");
        runtime.RegisterOp(new JsOp("op", () => 1));

        var error = await Should.ThrowAsync<JavaScriptException>(() => runtime.EvaluateAsync("JsRun.ops.op()", Token).AsTask());

        error.Name.ShouldBe("PermissionDenied");
        error.InnerException.ShouldBeOfType<JsPermissionException>().Message.ShouldContain("'op' requires op:op");
    }

    [Fact]
    public async Task Op_Denied_IsAuditedAndAListenerThatThrowsChangesNothing()
    {
        await using var runtime = await NewAsync("op:other", _ => throw new InvalidOperationException("listener"));
        runtime.RegisterOp(new JsOp("op", () => 1));

        (await runtime.EvaluateAsync("try { JsRun.ops.op(); } catch (e) { e.name }", Token)).ShouldBe("PermissionDenied");

        _host.Logs.Entries.ShouldContain(e => e.Category == "JsRun.Audit" && e.Level == LogLevel.Warning && e.Message.Contains("op:op"));
        _host.Logs.Entries.ShouldContain(e => e.Category == "JsRun.Audit" && e.Level == LogLevel.Error);
    }

    [Fact]
    public async Task Fetch_Denied_IsAuditedToo()
    {
        var denials = new List<JsPermissionDenial>();
        await using var runtime = await NewAsync("op:*", denials.Add);

        (await runtime.EvaluateAsync("fetch('https://api.example.com/').catch((e) => e.cause.name)", Token)).ShouldBe("PermissionDenied");

        denials.ShouldHaveSingleItem().Permission.ShouldBe("net:api.example.com");
    }

    private ValueTask<IJsRuntime> NewAsync(string permission = "op:*", Action<JsPermissionDenial>? denied = null) =>
        _host.Runtimes.CreateAsync(new JsRuntimeOptions { Permissions = { permission }, OnPermissionDenied = denied }, Token);

    private async Task<object?> RunAsync(string code, params JsOp[] ops)
    {
        await using var runtime = await NewAsync();
        foreach (var op in ops)
        {
            runtime.RegisterOp(op);
        }

        return await runtime.EvaluateAsync(code, Token);
    }
}
