using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace JsRun.Hosting.Tests.Options;

/// <summary>The configuration of an earlier release, with every key that it had, is one of this version too. build/release.mjs writes the files.</summary>
public sealed class ReleasedSettingsTests
{
    private static string Folder => Path.Combine(Repository.Root, "tests/JsRun.Hosting.Tests/Options/Releases");

    public static TheoryData<string> Releases => [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!)];

    [Theory, MemberData(nameof(Releases))]
    public void Settings_OfARelease_AreValid(string version)
    {
        Bind(Path.Combine(Folder, $"{version}.json")).Limits.Timeout.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    // The test itself: a key that is gone is noticed.
    [Fact]
    public void Settings_WithAnUnknownKey_AreNot()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """{ "JsRun": { "Limits": { "Gone": 1 } } }""");

        var error = Should.Throw<Exception>(() => Bind(file));

        File.Delete(file);
        error.Message.ShouldContain("JsRun:Limits:Gone");
    }

    private static JsRunOptions Bind(string file)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddJsonFile(file);
        builder.Services.AddJsRun();
        using var host = builder.Build();
        return host.Services.GetRequiredService<IOptions<JsRunOptions>>().Value;
    }
}
