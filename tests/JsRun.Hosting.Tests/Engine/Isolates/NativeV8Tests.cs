using JsRun.Engine.Isolates;

namespace JsRun.Hosting.Tests.Engine.Isolates;

public sealed class NativeV8Tests
{
    [Fact]
    public void Detect_Off_HasNothingAndNamesTheKey()
    {
        var capabilities = NativeV8.Detect(JsNativeMode.Off);

        capabilities.Any.ShouldBeFalse();
        capabilities.Reason.ShouldContain("JsRun:Engine:Native");
    }

    [Fact]
    public void Detect_KnownLibrary_HasEverything()
    {
        var capabilities = NativeV8.Detect(JsNativeMode.Auto);

        capabilities.Images.ShouldBeTrue(capabilities.Reason);
        capabilities.ContextQueues.ShouldBeTrue(capabilities.Reason);
        capabilities.PromiseRejections.ShouldBeTrue(capabilities.Reason);
        capabilities.RequestIdentity.ShouldBeTrue(capabilities.Reason);
        capabilities.TextImports.ShouldBeTrue(capabilities.Reason);
        capabilities.PlainPromises.ShouldBeTrue(capabilities.Reason);
        capabilities.SelectiveInterrupts.ShouldBeTrue(capabilities.Reason);
        capabilities.LightContexts.ShouldBeTrue(capabilities.Reason);
        capabilities.LazyProperties.ShouldBeTrue(capabilities.Reason);
        capabilities.SealedPrivateNames.ShouldBeTrue(capabilities.Reason);
        capabilities.Identity.ShouldStartWith("14.7.173.23-ClearScript ");
        NativeV8.Detect(JsNativeMode.Auto).ShouldBeSameAs(capabilities);
    }

    [Fact]
    public void Flags_OnceV8HasStarted_CannotBeSet() => EngineFlags.TryApplyNative().ShouldBe("the application has used ClearScript before JsRun, and V8's flags cannot be changed once it has started");

    // A task of V8's own settles the promise, outside of any entry: without ClearScript's hook meanwhile nothing would have its reactions run.
    [Fact]
    public async Task Promise_SettledByATaskOfV8_GoesOn()
    {
        await using var app = await FunctionApp.StartAsync();
        for (var i = 0; i < 8; i++)
        {
            await using var runtime = await app.Host.Runtimes.CreateAsync(new JsRuntimeOptions { Surface = JsSurface.Full }, TestContext.Current.CancellationToken);
            (await runtime.EvaluateAsync<string>(
                "const cell = new Int32Array(new SharedArrayBuffer(8)); setTimeout(() => Atomics.notify(cell, 0), 1); Atomics.waitAsync(cell, 0, 0).value.then((how) => `${how}!`)",
                TestContext.Current.CancellationToken).AsTask().InTime()).ShouldBe("ok!");
        }
    }
}
