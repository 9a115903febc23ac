using System.CommandLine;
using JsRun.Cli.Projects;

namespace JsRun.Cli.Commands;

/// <summary><c>jsrun check [DIR]</c>: checks the types of a project by its own TypeScript compiler.</summary>
internal static class CheckCommand
{
    public static Command Create(CliStreams streams)
    {
        var folder = new Argument<DirectoryInfo>("DIR") { Description = "The folder that has a tsconfig.json, or one within it; the current one by default.", DefaultValueFactory = _ => new DirectoryInfo(".") };
        folder.AcceptExistingOnly();
        var command = new Command("check", "Checks types with the TypeScript compiler of the project.") { folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var directory = parsed.GetRequiredValue(folder).FullName;
            if (FindProject(directory) is not { } project)
            {
                await streams.Error.WriteLineAsync($"Neither {directory} nor a folder above it has a tsconfig.json. 'jsrun init' writes one.");
                return ExitCode.WrongUsage;
            }

            if (NodeTool.Find(project, "tsc") is not { } compiler)
            {
                await streams.Error.WriteLineAsync($"There is no TypeScript compiler in {project} (node_modules/.bin/tsc). Install Node.js, and in that folder: npm install --save-dev typescript");
                return ExitCode.WrongUsage;
            }

            if ((await File.ReadAllTextAsync(Path.Combine(project, "tsconfig.json"), cancellationToken)).Contains(TypeDeclarations.Folder, StringComparison.Ordinal))
            {
                await TypeDeclarations.WriteAsync(project, cancellationToken);
            }

            switch (await NodeTool.RunAsync(compiler, ["--noEmit", "-p", project], project, streams, cancellationToken))
            {
                case null:
                    await streams.Error.WriteLineAsync($"{compiler} cannot be started. Is Node.js installed?");
                    return ExitCode.WrongUsage;
                case 0:
                    return ExitCode.Success;
                default:
                    return ExitCode.ScriptFailed;
            }
        });
        return command;
    }

    private static string? FindProject(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
        {
            if (File.Exists(Path.Combine(current.FullName, "tsconfig.json")))
            {
                return current.FullName;
            }
        }

        return null;
    }
}
