using System.Diagnostics;

namespace JsRun.Benchmarks;

/// <summary>The sample and an endpoint of C# alone, published for the framework into a folder that goes afterwards.</summary>
internal sealed class ColdStartApps : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><PublishReadyToRun>true</PublishReadyToRun><SelfContained>false</SelfContained></PropertyGroup>
        </Project>
        """;

    private const string Program = """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddHealthChecks();
        var app = builder.Build();
        app.MapGet("/hello", () => "Hello World");
        app.MapHealthChecks("/health");
        app.Run();
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("jsrun-cold-");
    private int _caches;

    public string Sample => Path.Combine(_root.FullName, "sample", "EdgeFunctions.dll");

    public string Plain => Path.Combine(_root.FullName, "plain", "Plain.dll");

    public static async Task<ColdStartApps> PublishAsync()
    {
        var apps = new ColdStartApps();
        var source = apps._root.CreateSubdirectory("source").FullName;
        await File.WriteAllTextAsync(Path.Combine(source, "Plain.csproj"), Project);
        await File.WriteAllTextAsync(Path.Combine(source, "Program.cs"), Program);
        await PublishAsync(Path.Combine(source, "Plain.csproj"), Path.GetDirectoryName(apps.Plain)!);
        await PublishAsync(Repository.Find("samples/EdgeFunctions/EdgeFunctions.csproj"), Path.GetDirectoryName(apps.Sample)!);
        return apps;
    }

    /// <summary>A folder that is not there yet.</summary>
    public string NewCache() => Path.Combine(_root.FullName, $"cache{++_caches}");

    public void Dispose() => _root.Delete(recursive: true);

    private static async Task PublishAsync(string project, string output)
    {
        using var process = Process.Start("dotnet", ["publish", project, "-c", "Release", "-o", output, "-v", "q", "--nologo"]);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{project} could not be published.");
        }
    }
}
