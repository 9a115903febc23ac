using JsRun.Engine.Isolates;
using JsRun.Engine.Native;
using JsRun.Engine.Native.Images;
using Microsoft.ClearScript.V8;

namespace JsRun.Hosting.Tests.Engine.Native.Images;

/// <summary>Images that are built and used in this process: what V8 cannot serialise would end it, so there is none of that here.</summary>
public sealed class HeapImageTests
{
    private static readonly HeapContext Web = new(
        [new("web.js", "globalThis.web = 'web'; class Counter { #n = 0; next() { return ++this.#n } } globalThis.counter = new Counter(); counter.next();")]);

    public HeapImageTests() => NativeV8.Detect(JsNativeMode.Auto).Images.ShouldBeTrue();

    [Fact]
    public void Build_Question_IsAnsweredAfterTheMicrotasks()
    {
        var image = HeapImageBuilder.Build(
            new HeapContext([new("a.js", "Promise.resolve().then(() => { globalThis.settled = 'yes' })")], "settled"),
            [new HeapContext([new("b.js", "1")], "undefined"), new HeapContext([], "null"), new HeapContext([], "6 * 7")]);

        image.Answers.ShouldBe(["yes", null, null, "42"]);
        image.Blob.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("\n  null.x", "TypeError", "Cannot read properties of null (reading 'x')", 2, 8)]
    [InlineData("let a = ;", "SyntaxError", "Unexpected token ';'", 1, 9)]
    [InlineData("throw 'ä'", "Error", "ä", 1, 1)]
    [InlineData("throw new RangeError('too: far')", "RangeError", "too: far", 1, 1)]
    public void Build_ScriptThrows_TellsWhatAndWhere(string code, string name, string message, int line, int column)
    {
        var error = Should.Throw<HeapImageException>(() => HeapImageBuilder.Build(Web, [new HeapContext([new("mine.js", code)])]));

        error.ScriptName.ShouldBe("mine.js");
        error.ErrorName.ShouldBe(name);
        error.ErrorMessage.ShouldBe(message);
        error.Line.ShouldBe(line);
        error.Column.ShouldBe(column);
    }

    [Fact]
    public void Contexts_ByIndex_AreEachAPristineCopy()
    {
        var image = HeapImageBuilder.Build(Web, [With("globalThis.name = 'one'"), With("globalThis.name = 'two'; counter.next()")]);
        using var memory = ImageMemory.Load(image.Blob);
        using var runtime = CreateRuntime(memory);

        for (var round = 0; round < 3; round++)
        {
            Evaluate(runtime, NativeContexts.Default, "[web, globalThis.name, counter.next()].join()").ShouldBe("web,,2");
            Evaluate(runtime, 0, "[web, name, counter.next()].join()").ShouldBe("web,one,2");
            Evaluate(runtime, 1, "[web, name, counter.next()].join()").ShouldBe("web,two,3");
        }
    }

    [Fact]
    public async Task Dispose_IsolateStillLives_MemoryGoesWithIt()
    {
        var memory = ImageMemory.Load(HeapImageBuilder.Build(Web, [With("globalThis.name = 'one'")]).Blob);
        var runtime = CreateRuntime(memory);
        memory.Dispose();

        Evaluate(runtime, 0, "name").ShouldBe("one");
        runtime.Dispose();

        // The last reference went when V8 freed the isolate, for which ClearScript may wait until a task of its own has ended.
        await Eventually.HoldsAsync(() => memory.IsFreed);
        Should.Throw<ObjectDisposedException>(memory.AddReference);
    }

    [Fact]
    public void From_Null_IsAnOrdinaryIsolate()
    {
        using var runtime = CreateRuntime(null);

        Evaluate(runtime, NativeContexts.Default, "typeof web").ShouldBe("undefined");
    }

    private static HeapContext With(string code) => new([.. Web.Scripts, new HeapScript("function.js", code)]);

    private static V8Runtime CreateRuntime(ImageMemory? image)
    {
        using var scope = NativeIsolates.From(image);
        return new V8Runtime();
    }

    private static string Evaluate(V8Runtime runtime, int index, string code)
    {
        V8ScriptEngine engine;
        using (NativeContexts.At(index, ownQueue: false))
        {
            engine = runtime.CreateScriptEngine(V8ScriptEngineFlags.DisableGlobalMembers);
        }

        using (engine)
        {
            return (string)engine.Evaluate(code);
        }
    }
}
