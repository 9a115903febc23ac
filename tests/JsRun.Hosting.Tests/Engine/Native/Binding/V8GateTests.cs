using System.Runtime.InteropServices;
using JsRun.Engine.Isolates;
using JsRun.Engine.Native;
using JsRun.Engine.Native.Binding;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Hosting.Tests.Engine.Native.Binding;

/// <summary>What is not the one known library is refused, and what cannot be used has its fallback.</summary>
public sealed class V8GateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void RequireKnown_OtherVersion_SaysWhich() =>
        Should.Throw<NativeLayerException>(() => V8Gate.RequireKnown("14.8.1.2-ClearScript", "")).Message.ShouldBe("it knows V8 14.7.173.23-ClearScript, and this is 14.8.1.2-ClearScript");

    [Fact]
    public void RequireKnown_SameVersionBuiltOtherwise_ShowsItsFingerprint() =>
        Should.Throw<NativeLayerException>(() => V8Gate.RequireKnown("14.7.173.23-ClearScript", "abc")).Message.ShouldContain("(fingerprint abc)");

    [Fact]
    public void Find_LibraryThatIsNotLoaded_IsNull() => LoadedModule.Find("libnothing.so.1").ShouldBeNull();

    [Fact]
    public void Symbol_OfAnotherLibrary_IsReadFromMemory()
    {
        var libc = LoadedModule.Find("libc.so.6").ShouldNotBeNull();

        libc.IsCode(libc.Symbol("getpid").Address).ShouldBeTrue();
        Should.Throw<NativeLayerException>(() => libc.Symbol("no_such_function")).Message.ShouldContain("no_such_function");
        Should.Throw<NativeLayerException>(() => libc.JumpSlot("getpid"));
    }

    [Fact]
    public void IsWritable_CodeAndHeap_Differ()
    {
        var libc = LoadedModule.Find("libc.so.6").ShouldNotBeNull();
        var memory = Marshal.AllocHGlobal(1);
        MemoryMap.IsWritable(memory).ShouldBeTrue();
        Marshal.FreeHGlobal(memory);

        MemoryMap.IsWritable(libc.Symbol("getpid").Address).ShouldBeFalse();
        MemoryMap.IsWritable(16).ShouldBeFalse();
    }

    [Theory]
    [Trait("Clock", "real")]
    [InlineData(false, false, false, false, false)]
    [InlineData(true, false, false, false, false)]
    [InlineData(false, true, false, false, false)]
    [InlineData(false, false, true, false, false)]
    [InlineData(false, false, false, true, false)]
    [InlineData(false, false, false, false, true)]
    [InlineData(true, false, false, false, true)]
    [InlineData(true, true, true, true, false)]
    [InlineData(true, true, true, true, true)]
    public async Task Host_SomeCapabilitiesMissing_ServesWithWhatIsThere(bool queues, bool rejections, bool identity, bool imports, bool light)
    {
        var capabilities = NativeV8.Detect(JsNativeMode.Auto) with { ContextQueues = queues, PromiseRejections = rejections, RequestIdentity = identity, TextImports = imports, LightContexts = light };
        await using var app = await FunctionApp.StartAsync(o => o.Limits.CpuTime = TimeSpan.FromMilliseconds(300), services: s => s.AddSingleton(capabilities));
        var function = await app.HandleAsync(
            """
            if (url.pathname === '/loop') for (;;) await null;
            Promise.reject(new Error('lost'));
            await null;
            return new Response(typeof AsyncContext);
            """);

        (await function.GetAsync()).ShouldBe(identity ? "object" : "undefined");
        await Should.ThrowAsync<JsTimeoutException>(async () => await function.GetAsync("/loop"));

        var interrupted = await app.Logs.WaitForAsync(e => e.Id is 103 or 109);
        interrupted.Id.ShouldBe(queues ? 109 : 103);
        if (rejections)
        {
            await app.Logs.WaitForAsync(e => e.Id == 102 && e.Message.Contains("lost", StringComparison.Ordinal));
        }
        else
        {
            app.Logs.Entries.ShouldNotContain(e => e.Id == 102 && e.Message.Contains("lost", StringComparison.Ordinal));
        }

        (await function.GetAsync()).ShouldBe(identity ? "object" : "undefined");
        await app.LeasesReturnedAsync();
    }

    [Theory]
    [InlineData(JsNativeMode.Auto, "microtask queues of contexts")]
    [InlineData(JsNativeMode.Off, "JsRun:Engine:Native is Off")]
    public async Task Host_FirstIsolate_LogsWhatWasDecidedAndWhy(JsNativeMode mode, string expected)
    {
        await using var host = await TestHost.StartAsync(o => o.Engine.Native = mode);
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);

        (await host.Logs.WaitForAsync(e => e.Id == 108)).Message.ShouldContain(expected);
    }
}
