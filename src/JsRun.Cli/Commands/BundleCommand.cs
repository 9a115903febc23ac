using System.CommandLine;
using System.IO.Enumeration;
using JsRun.Cli.Projects;

namespace JsRun.Cli.Commands;

/// <summary><c>jsrun bundle DIR --out OUT</c>: bundles functions with the npm packages that they import, by the project's own esbuild.</summary>
internal static class BundleCommand
{
    private static readonly string[] Extensions = [".ts", ".tsx", ".js", ".jsx", ".mjs"];

    // What JsRun has itself stays an import. npm packages are resolved as for browsers that are none: by their ES modules.
    private static readonly string[] Options =
    [
        "--bundle", "--format=esm", "--platform=neutral", "--target=esnext", "--main-fields=module,main", "--conditions=import,default", "--external:node:*", "--external:jsrun:*", "--loader:.wasm=copy", "--log-level=warning",
    ];

    public static Command Create(CliStreams streams)
    {
        var folder = new Argument<DirectoryInfo>("DIR") { Description = "The folder of functions." };
        folder.AcceptExistingOnly();
        var output = new Option<DirectoryInfo>("--out") { Description = "The folder for the bundles.", HelpName = "DIR", Required = true };
        var minify = new Option<bool>("--minify") { Description = "Makes the bundles small." };
        var command = new Command("bundle", "Bundles each function of a folder with the npm packages that it imports.") { folder, output, minify };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var root = parsed.GetRequiredValue(folder).FullName;
            var target = parsed.GetRequiredValue(output).FullName;
            if (Path.TrimEndingDirectorySeparator(target) == Path.TrimEndingDirectorySeparator(root))
            {
                await streams.Error.WriteLineAsync("--out is the folder of functions itself: name another one.");
                return ExitCode.WrongUsage;
            }

            var functions = Functions(root, target);
            if (functions.Count == 0)
            {
                await streams.Error.WriteLineAsync($"There are no functions in {root}.");
                return ExitCode.WrongUsage;
            }

            if (NodeTool.Find(root, "esbuild") is not { } esbuild)
            {
                await streams.Error.WriteLineAsync($"Neither {root} nor a folder above it has esbuild (node_modules/.bin/esbuild). Install Node.js, and in the folder of your package.json: npm install --save-dev esbuild");
                return ExitCode.WrongUsage;
            }

            string[] arguments = [.. functions, .. Options, .. parsed.GetValue(minify) ? ["--minify"] : Array.Empty<string>(), $"--outdir={target}", $"--outbase={root}"];
            switch (await NodeTool.RunAsync(esbuild, arguments, root, streams, cancellationToken))
            {
                case null:
                    await streams.Error.WriteLineAsync($"{esbuild} cannot be started. Is Node.js installed?");
                    return ExitCode.WrongUsage;
                case 0:
                    await streams.Out.WriteLineAsync($"Bundled {functions.Count} {(functions.Count == 1 ? "file" : "files")} into {target}");
                    return ExitCode.Success;
                default:
                    return ExitCode.ScriptFailed;
            }
        });
        return command;
    }

    /// <summary>The files that would be routed, by the names of files and folders (docs/functions.md).</summary>
    private static List<string> Functions(string root, string except)
    {
        var files = new FileSystemEnumerable<string>(root, (ref FileSystemEntry entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && IsFunction(entry.FileName.ToString()),
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                entry.FileName[0] is not ('_' or '.') && entry.FileName is not "node_modules" && entry.ToFullPath() != except && (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        return [.. files.Select(file => Path.GetRelativePath(root, file)).Order(StringComparer.Ordinal)];
    }

    private static bool IsFunction(string name) =>
        name[0] is not ('_' or '.') && !name.Contains(".test.", StringComparison.Ordinal) && !name.EndsWith(".d.ts", StringComparison.Ordinal) && Extensions.Contains(Path.GetExtension(name));
}
