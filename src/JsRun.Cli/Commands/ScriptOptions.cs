using System.CommandLine;

namespace JsRun.Cli.Commands;

/// <summary>The options that all commands share.</summary>
internal sealed class ScriptOptions
{
    private readonly Option<TimeSpan?> _timeout = TimeoutOption.Create();
    private readonly Option<long?> _maxHeap = HeapOption.Create();
    private readonly NetOption _net = new();
    private readonly EnvOption _env = new();

    public void AddTo(Command command)
    {
        command.Add(_timeout);
        command.Add(_maxHeap);
        _net.AddTo(command);
        _env.AddTo(command);
    }

    public TimeSpan? Timeout(ParseResult parsed) => parsed.GetValue(_timeout);

    public long? MaxHeapBytes(ParseResult parsed) => parsed.GetValue(_maxHeap);

    public IReadOnlyList<string> Permissions(ParseResult parsed) => _net.Permissions(parsed);

    public EnvOption Env => _env;
}
