using System.ComponentModel;
using System.Diagnostics;

namespace JsRun.Cli.Projects;

/// <summary>A command-line tool out of a project's own <c>node_modules</c>.</summary>
internal static class NodeTool
{
    /// <summary>Finds a tool in the folder or the nearest one above it that has it.</summary>
    public static string? Find(string folder, string name)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
        {
            var tool = Path.Combine(current.FullName, "node_modules", ".bin", OperatingSystem.IsWindows() ? $"{name}.cmd" : name);
            if (File.Exists(tool))
            {
                return tool;
            }
        }

        return null;
    }

    /// <summary>Runs a tool and hands on what it writes.</summary>
    /// <returns>Its exit code, or <see langword="null"/> if it cannot be started.</returns>
    public static async Task<int?> RunAsync(string tool, IEnumerable<string> arguments, string folder, CliStreams streams, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(tool, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false },
        };
        process.OutputDataReceived += (_, line) => Write(streams.Out, line.Data);
        process.ErrorDataReceived += (_, line) => Write(streams.Error, line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode;
    }

    private static void Write(TextWriter writer, string? line)
    {
        if (line is not null)
        {
            writer.WriteLine(line);
        }
    }
}
