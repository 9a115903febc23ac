using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace JsRun.Images.Building;

/// <summary>The command that starts the worker.</summary>
/// <param name="Program">The <c>dotnet</c> of the runtime that this process has; or the worker itself, published with a runtime of its own.</param>
/// <param name="Arguments">The arguments before those of the worker.</param>
internal sealed record WorkerLocation(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Holds a worker with all that it needs, beside applications whose own assemblies it cannot run on (<c>Images/Package.targets</c>).</summary>
    internal const string FolderName = "jsrun-worker";

    private const string FileName = "JsRun.Worker.dll";

    /// <summary>Looks in the folder of a published application, beside JsRun.Hosting, and beside the application.</summary>
    /// <exception cref="WorkerException">There is no worker, or nothing to run it with.</exception>
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "An empty path says that the application is a single file.")]
    public static WorkerLocation Find()
    {
        var hosting = typeof(WorkerLocation).Assembly.Location;
        return Find(hosting, [Path.Combine(AppContext.BaseDirectory, FolderName), Path.GetDirectoryName(hosting), AppContext.BaseDirectory]);
    }

    /// <param name="hosting">JsRun.Hosting.dll; empty where it is part of a single file.</param>
    /// <param name="folders">Where the worker may be.</param>
    /// <exception cref="WorkerException">There is no worker, or nothing to run it with.</exception>
    internal static WorkerLocation Find(string hosting, IReadOnlyList<string?> folders)
    {
        var worker = folders.Where(f => !string.IsNullOrEmpty(f)).Select(f => Path.Combine(f!, FileName)).FirstOrDefault(File.Exists)
            ?? throw new WorkerException(
                hosting.Length == 0 ? $"the application is a single file, and the folder {FolderName} is not beside it" : $"{FileName} is not beside JsRun.Hosting.dll ({Path.GetDirectoryName(hosting)})",
                isFault: false);
        // Another process cannot load an assembly that is in a single file.
        var folder = Path.GetDirectoryName(worker)!;
        if (!File.Exists(Path.Combine(folder, "JsRun.Hosting.dll")))
        {
            throw new WorkerException($"the application is a single file, and the folder {FolderName} is not beside it", isFault: false);
        }

        var executable = Path.ChangeExtension(worker, OperatingSystem.IsWindows() ? ".exe" : null);
        return File.Exists(executable) ? new WorkerLocation(executable, [])
            : new WorkerLocation(FindDotnet() ?? throw new WorkerException("there is no 'dotnet' to run JsRun.Worker with: the application brings its own runtime", isFault: false), ["exec", worker]);
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
