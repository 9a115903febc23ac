using JsRun.Engine.Isolates;
using JsRun.Engine.Native;
using JsRun.Engine.Native.Images;
using JsRun.Engine.Scripts;
using Microsoft.ClearScript.V8;

namespace JsRun.Hosting.Tests.Engine.Native;

/// <summary>The lazy globals of an image, as V8 restores them, beside those of a context that has made them all at once.</summary>
public sealed class LazyPropertiesTests
{
    // The descriptors of all globals, in a form that can be compared.
    private const string Inspect = """
        JSON.stringify(Reflect.ownKeys(globalThis).map((key) => {
          const { value, writable, get, enumerable, configurable } = Object.getOwnPropertyDescriptor(globalThis, key);
          return [String(key), typeof value, value?.name ?? null, writable ?? null, get !== undefined, enumerable, configurable];
        }).sort())
        """;

    private const string Take = "(() => { const take = __jsrun; delete globalThis.__jsrun; take(() => 0) })()";

    public LazyPropertiesTests() => NativeV8.Detect(JsNativeMode.Auto).LazyProperties.ShouldBeTrue(NativeV8.Detect(JsNativeMode.Auto).Reason);

    [Fact]
    public void Globals_OfAnImage_EqualThoseMadeAtOnce()
    {
        using var memory = Build(Bundles.Runtime.Name);
        using var runtime = CreateRuntime(memory);
        var atOnce = Evaluate(null, Take, Inspect);

        Evaluate(runtime, Take, Inspect).ShouldBe(atOnce);
        // Having been looked at, they are ordinary properties.
        Evaluate(runtime, Take, Inspect, Inspect).ShouldBe(atOnce);
        Evaluate(runtime, Take, "typeof URL + typeof crypto + typeof URLPattern", Inspect).ShouldBe(atOnce);
    }

    // As where the capability is missing: the image is built without them.
    [Fact]
    public void Globals_NotDefinedByTheHost_AreMadeWhenTheContextIsTaken()
    {
        using var memory = Build("another name");
        using var runtime = CreateRuntime(memory);

        Evaluate(runtime, Take, Inspect).ShouldBe(Evaluate(null, Take, Inspect));
    }

    [Theory]
    [InlineData("globalThis.URLPattern = 1; URLPattern", 1)]
    [InlineData("URL = 2; URL", 2)]
    [InlineData("var Blob = 3; Blob", 3)]
    [InlineData("class File { static n = 4 } File.n", 4)]
    [InlineData("function Headers() { return 5 } Headers()", 5)]
    [InlineData("delete globalThis.FormData; +('FormData' in globalThis)", 0)]
    [InlineData("Object.defineProperty(globalThis, 'Cache', { get: () => 6 }); Cache", 6)]
    [InlineData("Object.freeze(globalThis); +(new URL('http://a:7/').port)", 7)]
    [InlineData("let n = 0; for (let i = 0; i < 1000; i++) n += new TextEncoder().encode('a').length; n", 1000)]
    public void Global_BeforeItsFirstUse_IsAPropertyLikeAnyOther(string code, int expected)
    {
        using var memory = Build(Bundles.Runtime.Name);
        using var runtime = CreateRuntime(memory);

        for (var round = 0; round < 2; round++)
        {
            Convert.ToInt32(Evaluate(runtime, Take, code), null).ShouldBe(expected);
        }
    }

    // V8 ends the process where it is about to replace a property that is another one by now.
    [Theory]
    [InlineData("delete globalThis.Headers", "Error: A global was changed while it was made for its first use undefined")]
    [InlineData("globalThis.Headers = 1", "Error: A global was changed while it was made for its first use number")]
    [InlineData("delete globalThis.Headers; defineProperty(globalThis, 'Headers', { value: '', writable: false, configurable: false })", "Error: A global was changed while it was made for its first use string")]
    [InlineData("inside || (inside = true, Headers)", "Error: A global was changed while it was made for its first use function")]
    [InlineData("delete globalThis.Headers; defineProperty(globalThis, 'Headers', { get() { return true }, configurable: true })", "function function")]
    [InlineData("delete globalThis.Headers; defineProperty(globalThis, 'Headers', { get() { return true }, configurable: false })", "function function")]
    [InlineData("Object.freeze(globalThis)", "function function")]
    [InlineData("Headers", "RangeError: Maximum call stack size exceeded function")]
    [InlineData("delete globalThis.Headers; throw 'mine'", "mine undefined")]
    public void Global_ChangedWhileItIsMade_EndsNothing(string code, string expected)
    {
        using var memory = Build(Bundles.Runtime.Name);
        using var runtime = CreateRuntime(memory);

        Evaluate(runtime, Take, $$"""
            const { create, defineProperty } = Object;
            let inside = false, first;
            Object.create = (...values) => { {{code}}; return create(...values) };
            try { first = typeof Headers } catch (e) { first = String(e) }
            Object.create = create;
            `${first} ${typeof Headers}`
            """).ShouldBe(expected);
    }

    [Fact]
    public void Image_OfTheWebLayer_IsLean()
    {
        using var lazy = Build(Bundles.Runtime.Name);

        // It has 1,054,152 bytes. The limit leaves 2 % for small additions to the web layer: with all globals made it is half as much again.
        lazy.Size.ShouldBeLessThan(1_075_000);
    }

    private static ImageMemory Build(string name) =>
        ImageMemory.Load(HeapImageBuilder.Build(new HeapContext([]), [new HeapContext([new HeapScript(name, Bundles.Runtime.Code)], "typeof __jsrun")]).Blob);

    private static V8Runtime CreateRuntime(ImageMemory memory)
    {
        using var scope = NativeIsolates.From(memory);
        return new V8Runtime();
    }

    private static object Evaluate(V8Runtime? runtime, params string[] scripts)
    {
        using var own = runtime is null ? new V8Runtime() : null;
        using var engine = CreateEngine(runtime ?? own!);
        if (runtime is null)
        {
            engine.Execute(Bundles.Runtime.Code);
        }

        object result = "";
        foreach (var script in scripts)
        {
            result = engine.Evaluate(script);
        }

        return result;
    }

    private static V8ScriptEngine CreateEngine(V8Runtime runtime)
    {
        using var scope = NativeContexts.At(0, ownQueue: false);
        return runtime.CreateScriptEngine(V8ScriptEngineFlags.DisableGlobalMembers);
    }
}
