using System.Globalization;
using System.Text;
using JsRun.Diagnostics;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Isolates;
using JsRun.Engine.Operations;
using Microsoft.Extensions.Logging;

namespace JsRun.Engine.Ports;

/// <summary>The console, and errors that nobody caught.</summary>
internal sealed class ConsolePort(V8Context context) : IHostPort<ConsolePort>
{
    // JavaScript cuts first, and says so: the host only catches what gets past that.
    private const long Slack = 256;

    private static readonly CompositeFormat Truncated = CompositeFormat.Parse("The console of this request is full: JsRun:Limits:MaxConsoleBytes is {0}.");

    public static IReadOnlyList<HostOp> Ops { get; } = [HostOp.Log, HostOp.Report];

    public static ConsolePort Of(V8Context context) => new(context);

    public void Answer(in HostRequest request, in HostReply reply)
    {
        switch (request.Op)
        {
            case HostOp.Log:
                request.TryGet(2, out ReadOnlySpan<char> text);
                Log(request.Operation, (LogLevel)request.GetInt32(1), text);
                break;
            case HostOp.Report:
                UncaughtErrors.Report(context, (ReportKind)request.GetInt32(1), ScriptError.Parse(request.GetString(2)));
                break;
            default:
                throw request.NotAnswered();
        }
    }

    private void Log(Operation? operation, LogLevel level, ReadOnlySpan<char> text)
    {
        if (operation is not null)
        {
            var limit = context.Options.MaxConsoleBytes;
            if (operation.ConsoleBytes > limit + Slack)
            {
                return;
            }

            operation.ConsoleBytes += Encoding.UTF8.GetByteCount(text);
            if (operation.ConsoleBytes > limit + Slack)
            {
                Write(operation, LogLevel.Warning, string.Format(CultureInfo.InvariantCulture, Truncated, limit));
                return;
            }
        }

        Write(operation, level, text.ToString());
    }

    private void Write(Operation? operation, LogLevel level, string text)
    {
        context.Isolate.Inspector?.TellConsole(level, text);
        if (context.Options.Console is { } console)
        {
            context.Tell("JsRuntimeOptions.Console.OnMessage", operation, () => console(new JsConsoleMessage { Level = level, Text = text }));
            return;
        }

        context.Tell(
            "the console's logger",
            operation,
            () => context.Options.ConsoleLogger.Console(level, operation?.Name ?? "", operation?.RequestId ?? "", LogText.Escape(text)));
    }
}
