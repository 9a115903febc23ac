using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace JsRun.Images.Building;

/// <summary>What all processes of JsRun.Worker have in common, whether they build images or host functions.</summary>
internal static class ChildProcess
{
    private const int MostErrorText = 8 * 1024;

    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "TZ", "LANG", "LC_ALL", "DOTNET_ROOT", "LD_LIBRARY_PATH", "SystemRoot", "TEMP", "TMP"];

    /// <summary>Starts the worker with its three standard streams redirected, and with hardly anything of this process's environment.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to add.</param>
    /// <param name="folder">The working folder; <see langword="null"/> for that of this process.</param>
    /// <exception cref="WorkerException">It could not be started.</exception>
    public static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = folder ?? "",
        };
        // What runs there is a function's code: the application's secrets are none of its business.
        foreach (var name in start.Environment.Keys.Except(Inherited, StringComparer.Ordinal).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            throw new WorkerException($"JsRun.Worker could not be started: {e.Message}", isFault: false, e);
        }
    }

    /// <summary>Reads what the process writes as errors, the beginning of it at least, until it ends.</summary>
    public static async Task<string> ReadErrorsAsync(Process process)
    {
        var text = new StringBuilder();
        var buffer = new char[1024];
        try
        {
            while (await process.StandardError.ReadAsync(buffer.AsMemory()).ConfigureAwait(false) is var count && count > 0)
            {
                text.Append(buffer, 0, Math.Min(count, MostErrorText - text.Length));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // What was read is what there is.
        }

        return text.ToString();
    }

    /// <summary>The telling line of what V8 or the runtime wrote before the end; empty if there is none.</summary>
    public static string CauseOf(string errors) =>
        errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(static line => line.TrimStart('#', ' '))
            .FirstOrDefault(static line => line.Length > 0 && !line.StartsWith("Fatal error in", StringComparison.Ordinal)) ?? "";

    /// <summary>Ends the process, if it has not ended by itself.</summary>
    public static void Kill(Process process)
    {
        try
        {
            // Not the whole tree, of which there is none: to find it .NET stops the process first, and a stopped one is there for ever if this process ends in between.
            process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }
}
