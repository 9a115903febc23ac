using JsRun.Engine.Native;

namespace JsRun.Hosting.Tests.Engine.Native;

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
        capabilities.Identity.ShouldStartWith("14.7.173.23-ClearScript ");
        NativeV8.Detect(JsNativeMode.Auto).ShouldBeSameAs(capabilities);
    }
}
