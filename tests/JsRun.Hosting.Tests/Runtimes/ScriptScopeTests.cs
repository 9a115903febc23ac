namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>Classic scripts of one runtime share one global scope, as the scripts of a page do, and nothing that they throw leaves V8.</summary>
public sealed class ScriptScopeTests(OwnRuntime own) : IClassFixture<OwnRuntime>, IAsyncLifetime
{
    private IJsRuntime _runtime = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _runtime = await own.NewAsync();

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();

    [Theory]
    [InlineData("let x = 1", "x + 1", 2L)]
    [InlineData("const x = 1, y = x + 1", "x + y", 3L)]
    [InlineData("class C { m() { return 5 } static s = 6 }", "new C().m() + C.s", 11L)]
    [InlineData("let f = () => 1", "f.name", "f")]
    [InlineData("const C = class { }", "C.name", "C")]
    [InlineData("let { a, b: [c, ...d], ...e } = { a: 1, b: [2, 3, 4], f: 5 }", "a + c + d.length + e.f", 10L)]
    [InlineData("const [p = 7] = []", "p", 7L)]
    [InlineData("const {} = {}", "1", 1L)]
    [InlineData("let n; n = 3", "n", 3L)]
    [InlineData("hoisted(); function hoisted() { globalThis.seen = 'yes' } let z = 1", "seen", "yes")]
    [InlineData("var v = 1; let w = v + 1; v = w + 1", "v", 3L)]
    [InlineData("w1 = 5; var w1; let q = 1", "w1", 5L)]
    [InlineData("let counter = 0; const next = () => ++counter; next(); next()", "counter", 2L)]
    [InlineData("let rebind = () => rebind; rebind = 5", "rebind", 5L)]
    [InlineData("'use strict'; var s = 1, t = { a: 2 }; var { a } = t; for (var i = 0; i < 3; i++) { var inner = i }", "s + a + i + inner", 8L)]
    [InlineData("'use strict'; let st = (function () { return this })()", "st === undefined", true)]
    [InlineData("let l1 = 1\nconst l2 = 2\nclass K {}\nvar l3 = l1 + l2", "l3", 3L)]
    [InlineData("let if1 = 1; if (true) { var blockVar = 4; function blockFunction() { return 5 } }", "blockVar + blockFunction()", 9L)]
    [InlineData("#!/usr/bin/env x\nlet h = 1", "h", 1L)]
    public void Evaluate_Declaration_LivesOn(string declaration, string code, object expected)
    {
        _runtime.Evaluate(declaration);

        _runtime.Evaluate(code).ShouldBe(expected);
    }

    [Theory]
    [InlineData("let x = 1; x + 1", 2L)]
    [InlineData("5; let x = 1", 5L)]
    [InlineData("5; let x = 1; var y = 2; ;", 5L)]
    [InlineData("let x = 1; if (x) 'yes'; else 'no'", "yes")]
    [InlineData("let x = 3; for (let i = 0; i < x; i++) i", 2L)]
    [InlineData("const o = { n: 1 }; o", null)]
    public void Evaluate_Declarations_GiveTheCompletionValue(string code, object? expected)
    {
        var value = _runtime.Evaluate(code);

        (value is Dictionary<string, object?> ? null : value).ShouldBe(expected);
    }

    [Fact]
    public void Evaluate_OnlyDeclarations_IsUndefined() => _runtime.Evaluate("let x = 1; function f() {} class C {}").ShouldBe(JsUndefined.Value);

    [Theory]
    [InlineData("let x = 1", "let x = 2")]
    [InlineData("let x = 1", "var x = 2")]
    [InlineData("let x = 1", "function x() {}")]
    [InlineData("const x = 1", "let x")]
    [InlineData("class X {}", "class X {}")]
    [InlineData("let a; var x = 1", "let x")]
    [InlineData("let a = 1; function x() {}", "const x = 1")]
    [InlineData("let undefinedName", "let y = 1; let undefinedName")]
    public void Evaluate_DeclaredTwice_IsASyntaxErrorAndChangesNothing(string first, string second)
    {
        _runtime.Evaluate(first);

        var error = Should.Throw<JavaScriptException>(() => _runtime.Evaluate(second));

        error.Name.ShouldBe("SyntaxError");
        error.JsMessage.ShouldContain("already been declared");
        _runtime.Evaluate("typeof y").ShouldBe("undefined");
    }

    [Fact]
    public void Evaluate_AssignToConst_IsATypeError()
    {
        _runtime.Evaluate("const x = 1");

        Should.Throw<JavaScriptException>(() => _runtime.Evaluate("x = 2")).Name.ShouldBe("TypeError");
        _runtime.Evaluate("x").ShouldBe(1L);
    }

    [Fact]
    public void Evaluate_InitializerThrows_TheNameStaysDeclaredAndUnusable()
    {
        Should.Throw<JavaScriptException>(() => _runtime.Evaluate("let before = 1; let x = (() => { throw new Error('no') })(); let after = 2")).JsMessage.ShouldBe("no");

        _runtime.Evaluate("before").ShouldBe(1L);
        Should.Throw<JavaScriptException>(() => _runtime.Evaluate("x")).Name.ShouldBe("ReferenceError");
        Should.Throw<JavaScriptException>(() => _runtime.Evaluate("let x = 1")).Name.ShouldBe("SyntaxError");
    }

    [Fact]
    public void Evaluate_LexicalDeclarations_AreNoPropertiesOfTheGlobalObject()
    {
        var before = _runtime.Evaluate<string[]>("Object.getOwnPropertyNames(globalThis)")!;

        _runtime.Evaluate("let x = 1; const y = 2; class Z {}");

        _runtime.Evaluate<string[]>("Object.getOwnPropertyNames(globalThis)").ShouldBe(before, ignoreOrder: true);
    }

    [Theory]
    [InlineData("let a = (() => { throw {0} })()")]
    [InlineData("let a = 1; throw {0}")]
    [InlineData("const {{ b }} = {{ get b() {{ throw {0} }} }}")]
    [InlineData("class C extends (() => {{ throw {0} }})() {{}}")]
    [InlineData("class C {{ static x = (() => {{ throw {0} }})() }}")]
    [InlineData("let a = 1; (function f() {{ f() }})(); throw {0}")]
    public void Evaluate_ThrowsHostException_IsAnErrorAndTheProcessLives(string script)
    {
        string[] values = ["{ hostException: 1 }", "Object.assign(new Error('a'), { hostException: {} })", "new Proxy({}, { get() { throw { hostException: 1 } } })", "Symbol('s')", "undefined"];
        for (var i = 0; i < values.Length; i++)
        {
            var code = script.Replace("{0}", $"({values[i]})", StringComparison.Ordinal).Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);

            Should.Throw<JavaScriptException>(() => _runtime.Evaluate($"{{ {code} }}"));
            Should.Throw<JavaScriptException>(() => _runtime.Evaluate(code.Replace("let a", $"let a{i}", StringComparison.Ordinal).Replace("class C", $"class C{i}", StringComparison.Ordinal).Replace("{ b }", $"{{ b: b{i} }}", StringComparison.Ordinal)));

            _runtime.Evaluate("1 + 1").ShouldBe(2L);
        }
    }

    [Theory]
    [InlineData("Error.prepareStackTrace = () => { throw { hostException: 1 } }")]
    [InlineData("SyntaxError.prototype.toString = Error.prototype.toString = () => { throw { hostException: 1 } }")]
    [InlineData("Object.defineProperty(SyntaxError.prototype, 'name', { get() { throw { hostException: 1 } } }); Object.defineProperty(Error.prototype, 'stack', { get() { throw { hostException: 1 } } })")]
    [InlineData("String.prototype.toString = String.prototype.valueOf = () => { throw { hostException: 1 } }; Object.defineProperty(String.prototype, 'hostException', { get() { throw 1 } })")]
    public void Evaluate_RefusedWithTamperedErrors_IsASyntaxErrorAndTheProcessLives(string tampering)
    {
        _runtime.Evaluate("let x = 1");
        _runtime.Evaluate(tampering);

        Should.Throw<JavaScriptException>(() => _runtime.Evaluate("let x = 2"));
        Should.Throw<JavaScriptException>(() => _runtime.Evaluate("let y = 2; throw { hostException: 1 }"));

        _runtime.Evaluate("1 + 1").ShouldBe(2L);
    }

    [Fact]
    public void Evaluate_KernelsCallBack_IsOfNoUse()
    {
        _runtime.Evaluate("let x = 1");

        Should.Throw<JavaScriptException>(() => _runtime.Evaluate("$jsrun(0)"));
        // It can only spoil the script that it is called in.
        Record.Exception(() => _runtime.Evaluate("let y = (() => { try { $jsrun(0) } catch { } return 5 })(); y"));
        _runtime.Evaluate("let z = (() => { try { $jsrun(9) } catch { } return 5 })(); z").ShouldBe(5L);
    }

    [Fact]
    public void Evaluate_Positions_AreTheAuthors()
    {
        var error = Should.Throw<JavaScriptException>(() => _runtime.Evaluate("let a = 1;\n\nfunction fail() {\n  null.x\n}\n  const b = fail();", new JsEvaluateOptions { FileName = "my file.js" }));

        error.Frames.Select(f => (f.FunctionName, f.FileName, f.LineNumber, f.ColumnNumber)).ShouldBe([("fail", "my file.js", 4, 8), ("eval", "my file.js", 6, 13)]);
    }

    [Theory]
    [InlineData("await Promise.resolve(5)", 5L)]
    [InlineData("const a = await Promise.resolve(2); let b = a + 1; b * 2", 6L)]
    [InlineData("for await (const x of [1, 2]) globalThis.sum = (globalThis.sum ?? 0) + x; sum", 3L)]
    [InlineData("class A { v = 7 } function g() { return new A().v } var w = await g(); w", 7L)]
    [InlineData("const { k } = await Promise.resolve({ k: 8 }); k", 8L)]
    [InlineData("async function f() { return await 1 } let noAwaitAtTop = 3; noAwaitAtTop", 3L)]
    [InlineData("1 + 1", 2L)]
    public async Task EvaluateAsync_TopLevelAwait_GivesTheLastValue(string code, long expected) =>
        (await _runtime.EvaluateAsync(code, new JsEvaluateOptions { TopLevelAwait = true }, Token)).ShouldBe(expected);

    [Fact]
    public async Task EvaluateAsync_TopLevelAwait_DeclarationsLiveOn()
    {
        await _runtime.EvaluateAsync("const a = await Promise.resolve(2); var b = 3; class C {} function d() { return 4 }", new JsEvaluateOptions { TopLevelAwait = true }, Token);

        (await _runtime.EvaluateAsync("a + b + d() + typeof C", Token)).ShouldBe("9function");
    }

    [Fact]
    public async Task EvaluateAsync_AwaitWithoutTheOption_IsASyntaxError() =>
        (await Should.ThrowAsync<JavaScriptException>(async () => await _runtime.EvaluateAsync("await 1", Token))).Name.ShouldBe("SyntaxError");
}
