using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using JsRun.Diagnostics;
using JsRun.Engine.Contexts;
using JsRun.Engine.Isolates;
using JsRun.Engine.Operations;
using JsRun.Engine.Scripts;
using JsRun.Engine.Web;
using JsRun.Errors;
using JsRun.Streams;
using JsRun.Values;
using JsRun.WebApi.Fetch;
using Microsoft.ClearScript.JavaScript;
using Microsoft.ClearScript.V8.FastProxy;
using Microsoft.Extensions.Logging;

namespace JsRun.Engine.Crossing;

/// <summary>
/// The one function that crosses into a context. It reads only what the trusted prelude made, never throws (what ClearScript would make of an exception could be
/// read by user code), and never calls back.
/// </summary>
internal sealed class HostDispatcher(V8Context context)
{
    // JavaScript cuts first, and says so: the host only catches what gets past that.
    private const long ConsoleSlack = 256;
    private readonly ValueDispatcher _values = new(context);
    private static readonly CompositeFormat ConsoleTruncated = CompositeFormat.Parse("The console of this request is full: JsRun:Limits:MaxConsoleBytes is {0}.");

    public void Invoke(bool asConstructor, in V8FastArgs args, in V8FastResult result)
    {
        try
        {
            var op = (HostOp)args.GetInt32(0);
            if (op is not (HostOp.Respond or HostOp.Value or HostOp.Result) || !context.Isolate.Entries.HasOutgrown(context))
            {
                Dispatch(op, args, result);
            }
        }
        catch (Exception e)
        {
            Fail(args, e);
        }

        // A result can be set once only.
        if (!result.IsSet)
        {
            result.SetUndefined();
        }
    }

    // Nothing may be left waiting for an answer that does not come: what the operation was for ends with the exception.
    private void Fail(in V8FastArgs args, Exception error)
    {
        var op = args.Count > 0 && args.TryGet(0, out int number) ? (HostOp)number : (HostOp)(-1);
        context.Isolate.Services.Logger.HostOperationFailed(op, error);
        var operation = op is HostOp.Respond or HostOp.HandlerFailed or HostOp.LeaseSettled or HostOp.Result or HostOp.WaitUntil or HostOp.ModuleDone or HostOp.Value && args.Count > 1 && args.TryGet(1, out int id)
            ? context.FindOperation(id)
            : context.Current;
        operation?.Fail(error as JsRunException ?? new JsInternalException($"The host operation {op} failed with {error.GetType().Name}: what it was for cannot go on.", error));
    }

    private void Dispatch(HostOp op, in V8FastArgs args, in V8FastResult result)
    {
        switch (op)
        {
            case HostOp.Log:
                Log(args);
                break;
            case HostOp.TimerStart:
                result.Set(context.Timers.Start(args.GetInt32(1), Delay(args.GetDouble(2)), args.IsTruthy(3)) ? CrossingCode.GoOn : CrossingCode.Refused);
                break;
            case HostOp.TimerStop:
                context.Timers.Stop(args.GetInt32(1));
                break;
            case HostOp.Now:
                // Coarse on purpose: a fine clock is what timing attacks need.
                result.Set(Math.Round(context.Age.TotalMilliseconds, 1));
                break;
            case HostOp.TimeOrigin:
                result.Set(context.TimeOrigin);
                break;
            case HostOp.RandomFill:
                FillRandom(args.GetInt32(1));
                break;
            case HostOp.RandomUuid:
                result.Set(Guid.NewGuid().ToString());
                break;
            case HostOp.Respond:
                Respond(args);
                break;
            case HostOp.HandlerFailed:
                context.Find<RequestOperation>(args.GetInt32(1))?.HandlerFailed(ScriptError.Parse(args.GetString(2)));
                break;
            case HostOp.RequestRefused:
                context.Find<RequestOperation>(args.GetInt32(1))?.RequestRefused();
                break;
            case HostOp.SourcePull:
                result.Set(PullSource(args.GetInt32(1), args.GetInt32(2)));
                break;
            case HostOp.Transfer:
                context.OpenTransfer(new TransferBuffer(args.Get<ITypedArray<byte>>(1), context.Isolate.Services.Staging));
                break;
            case HostOp.Stage:
                context.Transfer.Stage(args.GetInt32(1));
                break;
            case HostOp.SourceCancel:
                if (context.Bodies.FindSource(args.GetInt32(1)) is { } cancelled)
                {
                    context.Bodies.RemoveSource(cancelled);
                }

                break;
            case HostOp.SinkWrite:
                result.Set(WriteSink(args));
                break;
            case HostOp.SinkEnd:
                EndSink(args);
                break;
            case HostOp.LeaseSettled:
                context.Find<RequestOperation>(args.GetInt32(1))?.Settled();
                break;
            case HostOp.Fetch:
                Fetch(args);
                break;
            case HostOp.FetchAbort:
                context.Web.Fetches.Abort(args.GetInt32(1));
                break;
            case HostOp.ModuleLoad:
                context.Loads.Start(args.GetInt32(1), args.GetString(2), args.GetString(3), args.TryGet(4, out string type) ? type : null);
                break;
            case HostOp.Report:
                UncaughtErrors.Report(context, (ReportKind)args.GetInt32(1), ScriptError.Parse(args.GetString(2)));
                break;
            case HostOp.Result:
                Complete(args);
                break;
            case HostOp.DecodeUtf8:
                TextCrossing.Decode(context.Transfer, args.GetInt32(1), result);
                break;
            case HostOp.EncodeUtf8:
                args.TryGet(1, out ReadOnlySpan<char> encoded);
                result.Set(TextCrossing.Encode(context.Transfer, encoded));
                break;
            case HostOp.Table:
                result.Set(Bundles.Tables[args.GetString(1)]);
                break;
            case HostOp.Memory:
                context.Learn((MemoryState)args.GetInt32(1));
                break;
            case HostOp.Stalled:
                context.Find<RequestOperation>(args.GetInt32(1))?.Stalled();
                break;
            case HostOp.WaitUntil:
                context.Find<RequestOperation>(args.GetInt32(1))?.WaitUntil();
                break;
            case HostOp.ModuleDone:
                ModuleDone(args);
                break;
            case >= HostOp.HostCall and <= (HostOp)49:
                context.Calls.Dispatch(op, args, result);
                break;
            case >= HostOp.ValueBytes and <= (HostOp)39:
                _values.Dispatch(op, args, result);
                break;
            case >= HostOp.Crypto and <= HostOp.CryptoRelease:
                context.Crypto.Dispatch(op, args, result);
                break;
            case var other when NativeOperations.Has(other):
                context.Native.Dispatch(other, result);
                break;
            case >= HostOp.HostStreamPull and <= HostOp.HostStreamOpen:
                context.Streams.Dispatch(op, args, result);
                break;
            case var other when WebOperations.Has(other):
                context.Web.Dispatch(op, args, result);
                break;
            default:
                throw new InvalidOperationException($"The host has no operation {(int)op}: the JavaScript bundle and the assembly are from different builds.");
        }
    }

    private static TimeSpan Delay(double milliseconds) => TimeSpan.FromMilliseconds(Math.Clamp(double.IsNaN(milliseconds) ? 0 : milliseconds, 0, int.MaxValue));

    private void FillRandom(int count)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(count);
        RandomNumberGenerator.Fill(buffer.AsSpan(0, count));
        context.Transfer.Write(buffer.AsSpan(0, count), 0);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
    }

    private void Log(in V8FastArgs args)
    {
        args.TryGet(2, out ReadOnlySpan<char> text);
        var operation = context.Current;
        if (operation is not null)
        {
            var limit = context.Options.MaxConsoleBytes;
            if (operation.ConsoleBytes > limit + ConsoleSlack)
            {
                return;
            }

            operation.ConsoleBytes += Encoding.UTF8.GetByteCount(text);
            if (operation.ConsoleBytes > limit + ConsoleSlack)
            {
                Write(LogLevel.Warning, string.Format(System.Globalization.CultureInfo.InvariantCulture, ConsoleTruncated, limit));
                return;
            }
        }

        Write((LogLevel)args.GetInt32(1), text.ToString());
    }

    private void Write(LogLevel level, string text)
    {
        var operation = context.Current;
        if (context.Options.Console is { } console)
        {
            context.Tell("JsRuntimeOptions.Console.OnMessage", operation, () => console(new JsConsoleMessage { Level = level, Text = text }));
            return;
        }

        context.Tell("the console's logger", operation, () => context.Options.ConsoleLogger.Console(level, operation?.Name ?? "", operation?.RequestId ?? "", LogText.Escape(text)));
    }

    private void Respond(in V8FastArgs args)
    {
        if (context.Find<RequestOperation>(args.GetInt32(1)) is not { } operation)
        {
            return;
        }

        var kind = (BodyKind)args.GetInt32(5);
        string? text = null;
        byte[]? bytes = null;
        var length = -1L;
        if (kind == BodyKind.Text)
        {
            text = args.GetString(6);
        }
        else if (kind == BodyKind.Bytes)
        {
            bytes = context.Transfer.TakeRented(out var count);
            length = count;
        }
        else if (kind == BodyKind.Stream)
        {
            context.Bodies.AddSink(operation, operation.Id);
            length = args.GetInt64(6);
        }

        operation.Respond(args.GetInt32(2), args.GetString(4), kind, text, bytes, length);
    }

    private void Complete(in V8FastArgs args)
    {
        var operation = context.Find<ValueOperation>(args.GetInt32(1));
        var kind = args.GetInt32(2);
        var text = args.TryGet(3, out string value) ? value : "";
        if (kind == CrossingCode.ErrorResult)
        {
            operation?.Fail(ScriptError.Parse(text).ToException(context.FindHostError));
        }
        else
        {
            operation?.CompleteValue(new JsResult((JsResultKind)kind, text));
        }
    }

    private void ModuleDone(in V8FastArgs args)
    {
        var operation = context.FindOperation(args.GetInt32(1));
        if (args.TryGet(2, out string error))
        {
            operation?.Fail(ScriptError.Parse(error).ToException(context.FindHostError));
        }
        else if (operation is StartupOperation startup)
        {
            startup.Evaluated(args.TryGet(3, out string shape) ? shape : "");
        }
        else if (operation is ValueOperation import)
        {
            // Whoever wants the exports imports with ImportModule.
            import.CompleteValue(null);
        }
    }

    private int PullSource(int id, int most)
    {
        if (context.Bodies.FindSource(id) is not { } source)
        {
            // Never as if the body had ended: it may have been longer.
            context.Bodies.Refuse(id);
            return CrossingCode.Failed;
        }

        var count = source.Pull(most);
        return count > 0 && !source.Copy(context.Transfer) ? source.Pull(most) : count;
    }

    private int WriteSink(in V8FastArgs args)
    {
        if (context.Bodies.FindSink(args.GetInt32(1)) is not { } sink)
        {
            return CrossingCode.Refused;
        }

        if (args.TryGet(2, out ReadOnlySpan<char> text))
        {
            var origin = new TextOrigin(text);
            return sink.Write(ref origin);
        }

        var bytes = new TransferOrigin(context.Transfer, args.GetInt32(2));
        return sink.Write(ref bytes);
    }

    private void EndSink(in V8FastArgs args)
    {
        if (context.Bodies.FindSink(args.GetInt32(1)) is { } sink)
        {
            sink.End(args.TryGet(2, out string error) ? ScriptError.Parse(error).ToException(context.FindHostError) : null);
        }
    }

    private void Fetch(in V8FastArgs args)
    {
        var id = args.GetInt32(1);
        if (context.Current is not { IsOver: false } operation)
        {
            context.Web.Fetches.Refuse(context.Current, id);
            return;
        }

        var body = FetchBody.None;
        Pipe? pipe = null;
        Streams.ByteSink? upload = null;
        switch ((BodyKind)args.GetInt32(5))
        {
            case BodyKind.Text:
                body = FetchBody.Text(args.GetString(6));
                break;
            case BodyKind.Bytes:
                body = FetchBody.Bytes(context.Transfer.Take());
                break;
            case BodyKind.Stream:
                pipe = new Pipe();
                upload = context.Bodies.AddSink(operation, args.GetInt32(6));
                body = FetchBody.Stream(pipe.Reader, args.GetInt64(7));
                break;
        }

        context.Web.Fetches.Start(new FetchCall(context, operation, id, new FetchRequest(args.GetString(2), args.GetString(3), args.GetString(4), body, operation.Loop), upload, pipe));
    }
}
