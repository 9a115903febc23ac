namespace JsRun.Cli.Tests;

/// <summary>Tells when a line that begins in a certain way was written.</summary>
internal sealed class SignalWriter(string beginning) : StringWriter
{
    private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<string> Line => _line.Task;

    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value?.StartsWith(beginning, StringComparison.Ordinal) == true)
        {
            _line.TrySetResult(value);
        }
    }

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }
}
