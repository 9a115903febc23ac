namespace JsRun.Cli;

/// <summary>What the command line reads and writes. The writers are used by the isolate's thread too, so they are synchronized.</summary>
internal sealed class CliStreams(TextReader input, TextWriter output, TextWriter error)
{
    public TextReader In { get; } = input;

    public TextWriter Out { get; } = TextWriter.Synchronized(output);

    public TextWriter Error { get; } = TextWriter.Synchronized(error);

    public static CliStreams OfProcess() => new(Console.In, Console.Out, Console.Error);
}
