namespace JsRun.Cli.Tests;

/// <summary>The command line, run in this process with its streams captured.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    public static Task<CliRun> Async(params string[] args) => WithInputAsync("", args);

    public static async Task<CliRun> WithInputAsync(string input, params string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        var exitCode = await CommandLine.RunAsync(args, new(new StringReader(input), output, error), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return new(exitCode, output.ToString(), error.ToString());
    }
}
