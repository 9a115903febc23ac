using System.CommandLine;
using JsRun.Cli.Execution;
using JsRun.Cli.Projects;

namespace JsRun.Cli.Commands;

/// <summary><c>jsrun init [DIR]</c>: begins a folder of functions.</summary>
internal static class InitCommand
{
    public static Command Create(CliStreams streams)
    {
        var folder = new Argument<DirectoryInfo>("DIR") { Description = "The folder, which is made if it does not exist; the current one by default.", DefaultValueFactory = _ => new DirectoryInfo(".") };
        var command = new Command("init", "Writes a function in TypeScript with a test, a tsconfig.json and the types.") { folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var directory = parsed.GetRequiredValue(folder);
            try
            {
                var existing = await NewProject.WriteAsync(directory.FullName, cancellationToken);
                if (existing.Count > 0)
                {
                    await streams.Error.WriteLineAsync($"Nothing was written, because {directory.FullName} already has {string.Join(", ", existing)}.");
                    return ExitCode.WrongUsage;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await streams.Error.WriteLineAsync(ErrorText.Of(e));
                return ExitCode.WrongUsage;
            }

            foreach (var (path, _) in NewProject.Files)
            {
                await streams.Out.WriteLineAsync(path);
            }

            var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), directory.FullName);
            await streams.Out.WriteLineAsync($"\nNext:\n{(relative == "." ? "" : $"  cd {relative}\n")}  jsrun test functions\n  jsrun serve functions");
            return ExitCode.Success;
        });
        return command;
    }
}
