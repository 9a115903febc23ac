using JsRun.Engine.Isolates;

namespace JsRun.Hosting.Tests.Engine.Isolates;

public sealed class EngineLibraryTests
{
    [Fact]
    public void Use_LibraryIsMissing_NamesThePackageAndKeepsTheCause()
    {
        var cause = new TypeLoadException("Cannot load ClearScript V8 library. Load failure information for ClearScriptV8.linux-arm64.so: ...");

        var error = Should.Throw<PlatformNotSupportedException>(() => EngineLibrary.Use<int>(() => throw cause));

        error.InnerException.ShouldBe(cause);
        error.Message.ShouldContain("Microsoft.ClearScript.V8.Native.");
        error.Message.ShouldContain("7.5.1");
    }

    [Fact]
    public void Use_LibraryWasMissedBefore_NamesThePackage() =>
        Should.Throw<PlatformNotSupportedException>(() => EngineLibrary.Use<int>(() => throw new DllNotFoundException("Unable to load shared library"))).Message.ShouldContain("Microsoft.ClearScript.V8.Native.");

    [Fact]
    public void Use_OtherErrors_StayAsTheyAre() => Should.Throw<TypeLoadException>(() => EngineLibrary.Use<int>(() => throw new TypeLoadException("another type")));

    [Fact]
    public void Use_LibraryHasAnotherVersion_SaysWhichToReference()
    {
        var cause = new TypeLoadException("V8 native assembly: loaded version 7.4.5 does not match required version 7.5.1.1");

        var error = Should.Throw<PlatformNotSupportedException>(() => EngineLibrary.Use<int>(() => throw cause));

        error.Message.ShouldContain("loaded version 7.4.5");
        error.Message.ShouldContain("in the version 7.5.1.1, or not at all");
    }

    [Theory]
    [InlineData("linux-ppc64le", "linux-ppc64le", "no native library of V8 for linux-ppc64le: ClearScript has one for linux-x64, linux-arm64")]
    [InlineData("linux-arm64", "linux-arm64", "dotnet add package Microsoft.ClearScript.V8.Native.linux-arm64 --version 7.5.1.1")]
    [InlineData("debian.12-x64", "linux-x64", "for linux-x64 was not found")]
    [InlineData("linux-musl-x64", "linux-x64", "none for musl (Alpine)")]
    public void Explain_Platform_SaysWhatToDo(string runtime, string platform, string expected) => EngineLibrary.Explain(runtime, platform, "7.5.1.1").ShouldContain(expected);
}
