namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>Where errors are said to be: the embedder's names, and the author's lines and columns.</summary>
public sealed class ErrorPlaceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<JsNativeMode> Modes => new(JsNativeMode.Auto, JsNativeMode.Off);

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Evaluate_TextIsNoScript_HasThePlace(JsNativeMode native)
    {
        await using var host = await TestHost.StartAsync(o => o.Engine.Native = native);
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);
        await using var rented = await host.Runtimes.RentAsync(Token);
        var options = new JsEvaluateOptions { FileName = "user.js" };
        var awaiting = new JsEvaluateOptions { FileName = "user.js", TopLevelAwait = true };
        foreach (var (r, i) in new[] { (runtime, 0), (rented, 1) })
        {
            Check(Should.Throw<JavaScriptException>(() => r.Evaluate("let a = 1;\nlet b = ;", options)), "Unexpected token ';' (user.js:2:9)", 2, 9);
            Check(await Should.ThrowAsync<JavaScriptException>(async () => await r.EvaluateAsync("await 0;\n  x +* 1", awaiting, Token)), "Unexpected token (user.js:2:6)", 2, 6);
            Check(await Should.ThrowAsync<JavaScriptException>(async () => await r.EvaluateAsync("1;\n  await 0", options, Token)), "await is only valid in async functions and the top level bodies of modules (user.js:2:3)", 2, 3);
            r.Evaluate($"let once{i} = 1");
            Check(Should.Throw<JavaScriptException>(() => r.Evaluate($"var q;\nconst other{i} = 2, once{i} = 3", options)), $"Identifier 'once{i}' has already been declared (user.js:2:19)", 2, 19);
        }

        static void Check(JavaScriptException error, string message, int line, int column)
        {
            (error.Name, error.JsMessage, error.Message).ShouldBe(("SyntaxError", message, $"SyntaxError: {message}"));
            (error.FileName, error.Line, error.Column).ShouldBe(("user.js", line, column));
            error.Frames.ShouldHaveSingleItem().ShouldBe(new JsStackFrame { FileName = "user.js", LineNumber = line, ColumnNumber = column });
            error.JsStack.ShouldBe($"SyntaxError: {message}\n    at user.js:{line}:{column}");
        }
    }

    [Fact]
    public async Task Evaluate_ScriptMakesASyntaxErrorItself_IsWhereItWasMade()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);

        var error = Should.Throw<JavaScriptException>(() => runtime.Evaluate("var f = 1;\nJSON.parse('{')", new JsEvaluateOptions { FileName = "user.js" }));

        error.JsMessage.ShouldNotContain("user.js");
        (error.FileName, error.Line, error.Column).ShouldBe(("user.js", 2, 6));
    }

    [Fact]
    public async Task Bootstrap_TextIsNoScript_HasThePlace()
    {
        await using var host = await TestHost.StartAsync();

        var error = await Should.ThrowAsync<JavaScriptException>(async () => await host.Runtimes.CreateAsync(new JsRuntimeOptions { Bootstrap = { new JsScript { Name = "boot.js", Code = "let a;\nlet b = ;" } } }, Token));

        (error.FileName, error.Line, error.Column).ShouldBe(("boot.js", 2, 9));
    }

    [Theory]
    [InlineData(JsImageMode.Replay)]
    [InlineData(JsImageMode.Auto)]
    public async Task Snapshot_TextIsNoScript_HasThePlace(JsImageMode tier)
    {
        await using var host = await TestHost.StartAsync(o => o.Images.Tier = tier);

        var error = await Should.ThrowAsync<JavaScriptException>(async () => await host.Runtimes.CreateSnapshotBuilder().AddScript("broken.js", "let a;\nlet b = ;").BuildAsync(Token));

        (error.FileName, error.Line, error.Column).ShouldBe(("broken.js", 2, 9));
        error.Message.ShouldContain("(broken.js:2:9)");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Frames_EmbeddersModule_AreTheAuthors(JsNativeMode native)
    {
        await using var host = await TestHost.StartAsync(o => o.Engine.Native = native);
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);
        runtime.Modules.Add("m.js", "\n\nexport function f() { throw new Error('x') }\nexport async function g() { await 0; f(); }");
        runtime.Modules.Add("one.js", "import { f } from 'm.js'; const x = 1; export const h = () => { const y = x; f(y); };");
        runtime.Modules.Add("top.js", "throw new Error('top')");
        var frame = new JsStackFrame { FunctionName = "f", FileName = "jsrun://static/m.js", LineNumber = 3, ColumnNumber = 29 };

        dynamic m = await runtime.ImportAsync("m.js", cancellationToken: Token);
        var called = Should.Throw<JavaScriptException>(() => ((JsFunction)((JsModuleNamespace)m)["f"]!).Invoke());
        called.Frames.ShouldBe([frame]);
        called.JsStack.ShouldBe("Error: x\n    at f (jsrun://static/m.js:3:29)");

        (await Should.ThrowAsync<JavaScriptException>(async () => await ((JsFunction)((JsModuleNamespace)m)["g"]!).InvokeAsync())).Frames
            .ShouldBe([frame, new JsStackFrame { FunctionName = "g", FileName = "jsrun://static/m.js", LineNumber = 4, ColumnNumber = 38 }]);

        var one = await runtime.ImportAsync("one.js", cancellationToken: Token);
        Should.Throw<JavaScriptException>(() => ((JsFunction)one["h"]!).Invoke()).Frames.ShouldBe([frame, new JsStackFrame { FunctionName = "h", FileName = "jsrun://static/one.js", LineNumber = 1, ColumnNumber = 78 }]);

        (await Should.ThrowAsync<JavaScriptException>(async () => await runtime.ImportAsync("top.js", cancellationToken: Token))).Frames.ShouldBe([new JsStackFrame { FileName = "jsrun://static/top.js", LineNumber = 1, ColumnNumber = 7 }]);

        var imported = await Should.ThrowAsync<JavaScriptException>(async () => await runtime.EvaluateAsync("import('m.js').then((m) => m.f())", new JsEvaluateOptions { FileName = "a b.js" }, Token));
        imported.Frames.ShouldBe([frame, new JsStackFrame { FunctionName = "eval", FileName = "a b.js", LineNumber = 1, ColumnNumber = 30 }]);
    }

    [Theory]
    [InlineData("my rules.js", "my rules.js")]
    [InlineData("rules (1).js", "rules (1).js")]
    [InlineData("it's\t\"odd\"\u00A0.js", "it's\t\"odd\"\u00A0.js")]
    [InlineData("", "")]
    public async Task FileName_AnyText_IsTheFrames(string fileName, string shown)
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);
        var options = new JsEvaluateOptions { FileName = fileName };

        Should.Throw<JavaScriptException>(() => runtime.Evaluate("function f() {\n  null.x }\nf()", options)).Frames
            .ShouldBe([new JsStackFrame { FunctionName = "f", FileName = shown, LineNumber = 2, ColumnNumber = 8 }, new JsStackFrame { FunctionName = "eval", FileName = shown, LineNumber = 3, ColumnNumber = 1 }]);
        Should.Throw<JavaScriptException>(() => runtime.Evaluate("let a = 1; null.x", options)).FileName.ShouldBe(shown);
        (await Should.ThrowAsync<JavaScriptException>(async () => await runtime.EvaluateAsync("const q = await 1; q.x.y", new JsEvaluateOptions { FileName = fileName, TopLevelAwait = true }, Token))).Frames[0].ShouldBe(new JsStackFrame { FunctionName = "eval", FileName = shown, LineNumber = 1, ColumnNumber = 24 });
        Should.Throw<JavaScriptException>(() => runtime.Evaluate("1 +* 2", options)).FileName.ShouldBe(shown);
    }

    [Fact]
    public async Task ToString_Thrown_BeginsWithTheScriptsStack()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);

        var error = Should.Throw<JavaScriptException>(() => runtime.Evaluate("\nfunction f() { throw new TypeError('x') }\nf()", new JsEvaluateOptions { FileName = "user.js" }));

        var lines = error.ToString().ReplaceLineEndings("\n").Split('\n');
        lines[..3].ShouldBe(["JsRun.JavaScriptException: TypeError: x", "   at f (user.js:2:22)", "   at eval (user.js:3:1)"]);
        lines[3].ShouldStartWith("   at JsRun.");
        error.Frames[0].ToString().ShouldBe("f (user.js:2:22)");
        new JavaScriptException("never thrown").ToString().ShouldBe("JsRun.JavaScriptException: never thrown");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task StackOverflow_FirstError_IsAtItsFunction(JsNativeMode native)
    {
        await using var host = await TestHost.StartAsync(o => o.Engine.Native = native);
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);

        var error = Should.Throw<JavaScriptException>(() => runtime.Evaluate("var n = 0;\nfunction deep() {\n  return deep() + 1; }\ndeep()", new JsEvaluateOptions { FileName = "deep.js" }));

        error.Name.ShouldBe("RangeError");
        error.Frames[1].ShouldBe(new JsStackFrame { FunctionName = "deep", FileName = "deep.js", LineNumber = 2, ColumnNumber = 1 });
    }

    [Fact]
    public async Task Rejection_HostsAnswer_HasTheStackOfTheCall()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);
        runtime.BindFunction("fails", async () =>
        {
            await Task.Yield();
            throw new InvalidOperationException("no");
        });
        var options = new JsEvaluateOptions { FileName = "go.js" };
        foreach (var (call, column) in new[] { ("fails()", 23), ("fetch('http://127.0.0.1:9/')", 23), ("import('./none.js')", 23), ("new Response('x', { headers: { 'content-type': 'multipart/form-data; boundary=b' } }).formData()", 109) })
        {
            var code = $"async function go() {{ await {call} }}\ngo()";
            var error = await Should.ThrowAsync<JavaScriptException>(async () => await runtime.EvaluateAsync(code, options, Token));

            error.Frames.ShouldContain(frame => frame.FunctionName == "go" && frame.FileName == "go.js" && frame.LineNumber == 1, $"{call}: {error.JsStack}");
        }
    }

    [Fact]
    public async Task Evaluate_LetOverVarOfAnEarlierScript_HidesIt()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);
        runtime.Evaluate("var z = 4");

        runtime.Evaluate("let z = 5; [z, globalThis.z, Object.getOwnPropertyDescriptor(globalThis, 'z').configurable].join()").ShouldBe("5,4,true");
    }
}
