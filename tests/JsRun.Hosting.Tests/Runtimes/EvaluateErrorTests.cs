using JsRun.Hosting.Tests.Values;

namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>What scripts throw, and what cannot be converted.</summary>
public sealed class EvaluateErrorTests(OwnRuntime own) : IClassFixture<OwnRuntime>, IAsyncLifetime
{
    private IJsRuntime _runtime = null!;

    public async ValueTask InitializeAsync() => _runtime = await own.NewAsync();

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();

    [Fact]
    [Trait("Upstream", "RT::test_eval_function_raises_error")]
    public void Evaluate_FunctionStatementWithoutName_IsASyntaxError()
    {
        var error = Should.Throw<JavaScriptException>(() => _runtime.Evaluate("function () { return 1 }"));

        error.Name.ShouldBe("SyntaxError");
        error.JsMessage.ShouldContain("function", Case.Insensitive);
    }

    [Theory]
    [InlineData("Object.assign(new Error('gone'), { name: '' })", "gone")]
    [InlineData("new RangeError('')", "RangeError")]
    [InlineData("new RangeError('far')", "RangeError: far")]
    public async Task Throw_NameOrMessageEmpty_LeavesNoColon(string thrown, string message)
    {
        Should.Throw<JavaScriptException>(() => _runtime.Evaluate($"throw {thrown}")).Message.ShouldBe(message);

        (await Should.ThrowAsync<JavaScriptException>(async () => await _runtime.EvaluateAsync($"Promise.reject({thrown})"))).Message.ShouldBe(message);
    }

    [Fact]
    [Trait("Upstream", "RT::test_eval_circular_reference_raises_error")]
    public void Evaluate_Circular_IsAConversionError() =>
        Should.Throw<JsConversionException>(() => _runtime.Evaluate("var o = {}; o.self = o; o")).Message.ShouldContain("circular", Case.Insensitive);

    [Fact]
    [Trait("Upstream", "2.15: an error tells its details")]
    [Trait("Upstream", "RT::test_runtime_eval_javascript_error_metadata")]
    public void Evaluate_Throws_TellsAllOfIt()
    {
        var error = Should.Throw<JavaScriptException>(() => _runtime.Evaluate("(() => { const e = new TypeError('boom'); e.extra = { code: 7 }; throw e })()"));

        (error.Name, error.JsMessage).ShouldBe(("TypeError", "boom"));
        error.JsStack.ShouldContain("<eval>");
        error.Message.ShouldContain("TypeError");
        ((Dictionary<string, object?>)error.Properties["extra"]!)["code"].ShouldBe(7L);
        error.ThrownValue.ShouldBeOfType<JsErrorValue>().Message.ShouldBe("boom");
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_eval_javascript_error_frames")]
    public void Evaluate_Throws_TellsItsFrames()
    {
        var frame = Should.Throw<JavaScriptException>(() => _runtime.Evaluate("function causeError() { throw new TypeError('boom') }\ncauseError()")).Frames[0];

        frame.ShouldBe(new JsStackFrame { FunctionName = "causeError", FileName = "<eval>", LineNumber = 1, ColumnNumber = 31 });
    }

    [Fact]
    public void Evaluate_ThrowsWithCauseAndErrors_TellsTheChain()
    {
        var error = Should.Throw<JavaScriptException>(() => _runtime.Evaluate("throw new AggregateError([new RangeError('a'), 'b'], 'many', { cause: new Error('why', { cause: 5 }) })"));

        error.Errors.Select(e => (e.Name, e.JsMessage)).ShouldBe([("RangeError", "a"), ("Error", "b")]);
        error.Errors[1].ThrownValue.ShouldBe("b");
        error.Cause!.JsMessage.ShouldBe("why");
        error.Cause.Cause!.ThrownValue.ShouldBe(5L);
        error.InnerException.ShouldBeSameAs(error.Cause);
    }

    [Theory]
    [InlineData("throw { hostException: 1, get message() { throw 1 } }", "Uncaught [object Object]")]
    [InlineData("const e = new Error('x'); e.self = e; e.f = () => 1; e.b = new Uint8Array(10); e.s = Symbol('x'); Object.defineProperty(e, 'bad', { enumerable: true, get() { throw 1 } }); throw e", "Error: x")]
    [InlineData("const d = new Error('x'.repeat(1e6)); d.cause = d; for (let i = 0; i < 1e5; i++) d['k' + i] = 'v'.repeat(100); throw d", "Error: xxxxxxxxxx")]
    [InlineData("throw new Proxy(new Error('x'), { get() { throw 1 }, ownKeys() { throw 1 }, getPrototypeOf() { throw 1 } })", "Uncaught [cannot be read]")]
    [InlineData("throw Symbol('s')", "Uncaught [not shown]")]
    [InlineData("throw undefined", "Uncaught undefined")]
    [InlineData("throw () => 1", "Uncaught JsFunction")]
    [InlineData("throw new Uint8Array(5)", "Uncaught [bytes]")]
    [InlineData("let deep = {}; for (let i = 0; i < 1000; i++) deep = { deep }; throw deep", "Uncaught [object Object]")]
    public void Evaluate_ThrowsAnything_TellsWhatItCan(string code, string start)
    {
        var message = Should.Throw<JavaScriptException>(() => _runtime.Evaluate(code)).Message;

        message.ShouldStartWith(start);
        message.Length.ShouldBeLessThan(100_000);

        _runtime.Evaluate("1 + 1").ShouldBe(2L);
        _runtime.GetStats().ActiveFunctions.ShouldBeLessThan(2);
    }

    [Theory]
    [InlineData("throw 'only text'", "Error", "only text", "only text")]
    [InlineData("throw 42", "Error", "42", 42L)]
    [InlineData("throw null", "Error", "null", null)]
    [InlineData("throw { name: 'Odd', message: 'mine' }", "Error", "mine", null)]
    [Trait("Upstream", "2.15: an error without a message, or that is none")]
    public void Evaluate_ThrowsNoError_TellsTheValue(string code, string name, string message, object? thrown)
    {
        var error = Should.Throw<JavaScriptException>(() => _runtime.Evaluate(code));

        error.Name.ShouldBe(name);
        error.Message.ShouldContain(message);
        if (error.ThrownValue is not Dictionary<string, object?>)
        {
            error.ThrownValue.ShouldBeExactly(thrown);
        }
    }

    [Fact]
    [Trait("Upstream", "2.15: an error without a message, or that is none")]
    public void Evaluate_ThrowsErrorWithoutMessage_HasItsName()
    {
        var error = Should.Throw<JavaScriptException>(() => _runtime.Evaluate("throw new RangeError()"));

        (error.Name, error.JsMessage).ShouldBe(("RangeError", ""));
        error.Message.ShouldContain("RangeError");
    }

    [Fact]
    public void Evaluate_FileName_IsInTheStack() =>
        Should.Throw<JavaScriptException>(() => _runtime.Evaluate("\nnull.x", new JsEvaluateOptions { FileName = "mine.js" })).Frames[0].ShouldBe(new JsStackFrame { FunctionName = "eval", FileName = "mine.js", LineNumber = 2, ColumnNumber = 6 });

    [Fact]
    [Trait("Upstream", "2.17: getter that throws")]
    public void Evaluate_GetterThatThrows_NamesTheProperty()
    {
        var error = Should.Throw<JsConversionException>(() => _runtime.Evaluate("({ ok: 1, get k() { throw new Error('mine') } })"));

        error.Message.ShouldContain("Failed to get property 'k'");
        error.InnerException.ShouldBeOfType<JavaScriptException>().JsMessage.ShouldBe("mine");
    }
}
