using System.Runtime.InteropServices;

namespace JsRun.Images.Building;

/// <summary>The paths of the worker and of the program that runs it.</summary>
/// <param name="Dotnet">The <c>dotnet</c> of the runtime that this process has.</param>
/// <param name="Worker">JsRun.Worker.dll.</param>
internal sealed record WorkerLocation(string Dotnet, string Worker)
{
    private const string FileName = "JsRun.Worker.dll";

    /// <summary>Looks beside JsRun.Hosting, and beside the application.</summary>
    /// <exception cref="WorkerException">One of the two is not there.</exception>
    public static WorkerLocation Find()
    {
        var hosting = typeof(WorkerLocation).Assembly.Location;
        return Find(hosting, [Path.GetDirectoryName(hosting), AppContext.BaseDirectory]);
    }

    /// <param name="hosting">JsRun.Hosting.dll; empty where it is part of a single file.</param>
    /// <param name="folders">Where the worker may be.</param>
    /// <exception cref="WorkerException">There is no worker, or nothing to run it with.</exception>
    internal static WorkerLocation Find(string hosting, IReadOnlyList<string?> folders)
    {
        var worker = folders.Where(f => !string.IsNullOrEmpty(f)).Select(f => Path.Combine(f!, FileName)).FirstOrDefault(File.Exists)
            ?? throw new WorkerException(
                hosting.Length == 0 ? "the application is a single file, in which JsRun.Worker has no assemblies to run on" : $"{FileName} is not beside JsRun.Hosting.dll ({folders[0]})",
                isFault: false);
        return new WorkerLocation(FindDotnet() ?? throw new WorkerException("there is no 'dotnet' to run JsRun.Worker with: the application brings its own runtime", isFault: false), worker);
    }

    private static string? FindDotnet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        if (Environment.ProcessPath is { } process && Path.GetFileName(process) == name)
        {
            return process;
        }

        // .../shared/Microsoft.NETCore.App/10.0.0/
        var runtime = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
        string?[] candidates = [Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", name)), Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")];
        return candidates.FirstOrDefault(File.Exists);
    }
}
