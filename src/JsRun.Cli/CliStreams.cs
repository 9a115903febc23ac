namespace JsRun.Cli;

/// <summary>What the command line reads and writes. The writers are used by the isolate's thread too, so they are synchronized.</summary>
internal sealed class CliStreams(TextReader input, TextWriter output, TextWriter error, bool isTerminal = false)
{
    public TextReader In { get; } = input;

    public TextWriter Out { get; } = TextWriter.Synchronized(output);

    public TextWriter Error { get; } = TextWriter.Synchronized(error);

    /// <summary>Gets whether a person types and reads.</summary>
    public bool IsTerminal { get; } = isTerminal;

    public static CliStreams OfProcess() => new(Console.In, Console.Out, Console.Error, !Console.IsInputRedirected && !Console.IsOutputRedirected);
}
