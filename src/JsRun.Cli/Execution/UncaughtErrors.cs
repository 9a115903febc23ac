namespace JsRun.Cli.Execution;

/// <summary>Shows errors that nobody caught, such as those of timers, and remembers that there were any.</summary>
internal sealed class UncaughtErrors(CliStreams streams)
{
    private volatile bool _any;

    public bool Any => _any;

    /// <summary>Called on the isolate's thread.</summary>
    public void Add(JavaScriptException error)
    {
        _any = true;
        streams.Error.WriteLine(ErrorText.Of(error));
    }
}
