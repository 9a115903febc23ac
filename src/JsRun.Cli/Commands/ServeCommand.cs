using System.CommandLine;
using JsRun.Cli.Serving;

namespace JsRun.Cli.Commands;

/// <summary><c>jsrun serve DIR [--urls …]</c>: serves a folder of functions until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Create(CliStreams streams)
    {
        var folder = new Argument<DirectoryInfo>("DIR") { Description = "The folder of functions." };
        folder.AcceptExistingOnly();
        var urls = new Option<string>("--urls")
        {
            Description = "Where to listen, such as http://localhost:8080; several stand behind each other with ';'.",
            HelpName = "URLS",
            DefaultValueFactory = _ => "http://localhost:5000",
        };
        var open = new Option<bool>("--open") { Description = "Opens the status page in a browser." };
        var json = new Option<bool>("--json") { Description = "Writes what is served as one line of JSON." };
        var options = new ScriptOptions();
        var command = new Command("serve", "Serves a folder of functions; a changed file is deployed at once.") { folder, urls, open, json };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => FunctionServer.RunAsync(streams, new ServeSettings
        {
            Folder = parsed.GetRequiredValue(folder).FullName,
            Urls = parsed.GetRequiredValue(urls),
            Timeout = options.Timeout(parsed),
            MaxHeapBytes = options.MaxHeapBytes(parsed),
            Permissions = [.. options.Permissions(parsed), .. options.Env.Permissions(parsed)],
            Env = options.Env.Values(parsed),
            Open = parsed.GetValue(open),
            Json = parsed.GetValue(json),
        }, cancellationToken));
        return command;
    }
}
