using System.Reflection;
using JsRun.Bindings;
using JsRun.Hosting.Tests.Faults;

namespace JsRun.Hosting.Tests.Bindings;

public sealed class HostErrorTextTests
{
    [Fact]
    public void IsFailure_CodeOfTheHostFailedInAConversion_IsLogged()
    {
        HostErrorText.IsFailure(new JsConversionException("Cannot convert value.secret: reading it threw IOException", new IOException("secret")) { IsHostFailure = true }).ShouldBeTrue();
        HostErrorText.IsFailure(new JsConversionException("f: argument 1 is missing")).ShouldBeFalse();
    }

    [Fact]
    public void Of_ExceptionOfTheHosts_HidesItsMessage()
    {
        var text = HostErrorText.Of(new InvalidOperationException("the password is x"), "read", expose: false, 1);

        text.ShouldBe(new HostErrorText(false, "HostError", "InvalidOperationException", "The host function 'read' failed.", 1));
    }

    [Fact]
    public void Of_ExposedException_HasItsMessage() => HostErrorText.Of(new InvalidOperationException("own"), "read", expose: true, 1).Message.ShouldBe("own");

    [Fact]
    public void Of_MeantForScripts_HasCodeAndMessage()
    {
        HostErrorText.Of(new JsHostException("No such user.") { Code = "not-found" }, "read", expose: false, 1).ShouldBe(new HostErrorText(false, "HostError", "not-found", "No such user.", 1));
        HostErrorText.Of(new JsHostException("No such user."), "read", expose: false, 1).Code.ShouldBe("host-error");
        HostErrorText.Of(new JsPermissionException("Permission denied"), "read", expose: false, 1).ShouldBe(new HostErrorText(false, "PermissionDenied", "permission-denied", "Permission denied", 1));
        HostErrorText.Of(new JsConversionException("wrong"), "read", expose: false, 1).ShouldBe(new HostErrorText(true, "TypeError", "conversion", "wrong", 1));
    }

    [Fact]
    public void Of_ErrorOfAScript_HasItsNameOnce() =>
        HostErrorText.Of(new JavaScriptException("RangeError: in") { Name = "RangeError", JsMessage = "in" }, "read", expose: false, 1).ShouldBe(new HostErrorText(false, "RangeError", "script-error", "in", 1));

    [Theory]
    [InlineData(false, "The host function 'read' failed.")]
    [InlineData(true, "UnreadableException (its message cannot be read)")]
    public void Of_ExceptionWhoseMessageThrows_IsAnError(bool expose, string message) =>
        HostErrorText.Of(new UnreadableException(), "read", expose, 1).ShouldBe(new HostErrorText(false, "HostError", nameof(UnreadableException), message, 1));

    [Fact]
    public void Of_CancellationAndTimeout_HaveThePlatformsNames()
    {
        HostErrorText.Of(new TaskCanceledException("secret"), "read", expose: false, 1).ShouldBe(new HostErrorText(false, "AbortError", "cancelled", "The call of the host function 'read' was cancelled.", 1));
        HostErrorText.Of(new TimeoutException("secret"), "read", expose: false, 1).Name.ShouldBe("TimeoutError");
    }

    [Fact]
    public void Of_WrappedException_IsUnwrapped()
    {
        HostErrorText.Of(new TargetInvocationException(new AggregateException(new JsHostException("message") { Code = "code" })), "read", expose: false, 1).Code.ShouldBe("code");
        HostErrorText.Of(new AggregateException(new InvalidOperationException(), new InvalidOperationException()), "read", expose: false, 1).Code.ShouldBe("AggregateException");
    }
}
