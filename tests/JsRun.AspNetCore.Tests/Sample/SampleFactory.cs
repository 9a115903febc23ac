using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace JsRun.AspNetCore.Tests.Sample;

/// <summary>Starts the sample with its own settings, without watching its files.</summary>
public sealed class SampleFactory : WebApplicationFactory<Program>
{
    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseEnvironment("Production").UseSetting("JsRun:Functions:Watch", "false")
        .UseSetting("JsRun:Images:Tier", TestTier.Name).UseSetting("JsRun:Images:CachePath", TestTier.CachePath);
}
