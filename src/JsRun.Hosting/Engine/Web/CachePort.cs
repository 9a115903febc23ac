using System.Text.Json;
using JsRun.Diagnostics;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Isolates;
using JsRun.Engine.Operations;
using JsRun.Streams;
using JsRun.WebApi.Caches;

namespace JsRun.Engine.Web;

/// <summary>The caches of a context's group. JsRun's own store answers at once; one of the application's is called elsewhere, and its answer comes as an entry. Used on the isolate's thread.</summary>
internal sealed class CachePort(V8Context context) : IHostPort<CachePort>, IAwaitedPort
{
    // Roughly the log line of an exception with its stack.
    private const int LengthOfFailure = 2048;

    private readonly IJsCacheStore _store = context.Options.Shared.Caches;
    private readonly Dictionary<int, CacheCall> _calls = [];
    private readonly LinkedList<ReadOnlyMemory<byte>> _bodies = [];

    public static IReadOnlyList<HostOp> Ops { get; } = [HostOp.Cache];

    public bool IsBusy => _calls.Count > 0;

    public bool IsAwaited => _calls.Count > 0;

    public int Pending => _calls.Count;

    public static CachePort Of(V8Context context) => new(context);

    public void Answer(in HostRequest request, in HostReply reply)
    {
        var step = (CacheStep)request.GetInt32(1);
        if (step == CacheStep.Read)
        {
            reply.Set(Read());
            return;
        }

        var operation = request.Operation;
        if (operation is { IsOver: true })
        {
            reply.Set(Failure("AbortError", Endings.RequestEnded));
            return;
        }

        var question = Ask(step, request);
        if (_store is MemoryCacheStore)
        {
            Set(reply, question(CancellationToken.None).AsTask().GetAwaiter().GetResult());
            return;
        }

        var call = new CacheCall(this, context, operation, request.GetInt32(2), question);
        _calls.Add(call.Id, call);
        call.Start();
        reply.Set(SourceState.Pending);
    }

    /// <summary>The store has answered.</summary>
    public void Done(CacheCall call)
    {
        if (!_calls.Remove(call.Id) || !context.IsOpen)
        {
            return;
        }

        if (call.Error is { } error)
        {
            context.Enter(call.Operation, EntryOp.CacheDone, call.Id, Describe(error, call.Operation));
            return;
        }

        Keep(call.Answer.Bodies);
        context.Enter(call.Operation, EntryOp.CacheDone, call.Id, call.Answer.Text ?? (object)call.Answer.Number);
    }

    /// <summary>Returns whether JavaScript waits for calls of the operation.</summary>
    public bool IsAwaitedFor(Operation operation) => _calls.Values.Any(c => ReferenceEquals(c.Operation, operation));

    /// <summary>Whoever waits for an answer to a call of the operation gets an error.</summary>
    public void Reject(Operation operation, Operation behalf)
    {
        foreach (var call in Take(operation))
        {
            context.Enter(behalf, EntryOp.CacheDone, call.Id, Failure("AbortError", Endings.RequestEnded));
        }
    }

    /// <summary>Nobody waits any more for the calls of an operation.</summary>
    public void Release(Operation operation) => Take(operation);

    public void Dispose()
    {
        _calls.Clear();
        _bodies.Clear();
    }

    private static string Failure(string name, string message) => $"!{name}\n{message}";

    private static JsCacheQuery Query(in HostRequest request, bool includesBody) => new()
    {
        Url = request.FindString(4),
        IgnoresSearch = request.IsTruthy(5),
        IgnoresVary = request.IsTruthy(6),
        RequestHeaders = CacheDescription.Parse(request.FindString(7) ?? ""),
        IncludesBody = includesBody,
    };

    private CacheQuestion Ask(CacheStep step, in HostRequest request)
    {
        var name = request.FindString(3) ?? "";
        switch (step)
        {
            case CacheStep.Names:
                return async token => CacheAnswer.Of(await _store.GetNamesAsync(token).ConfigureAwait(false));
            case CacheStep.Has:
                return async token => CacheAnswer.Of(await _store.HasAsync(name, token).ConfigureAwait(false));
            case CacheStep.Open:
                return async token => CacheAnswer.Of(await _store.OpenAsync(name, token).ConfigureAwait(false));
            case CacheStep.Delete:
                return async token => CacheAnswer.Of(await _store.DeleteAsync(name, token).ConfigureAwait(false));
            case CacheStep.Match:
                var most = request.GetInt32(8);
                var query = Query(request, includesBody: most > 0);
                return async token => CacheAnswer.Of(Found(await _store.MatchAsync(name, query, token).ConfigureAwait(false), query, most), query.IncludesBody);
            case CacheStep.Remove:
                var removed = Query(request, includesBody: false);
                return async token => CacheAnswer.Of(await _store.RemoveAsync(name, removed, token).ConfigureAwait(false));
            case CacheStep.Put:
                var entry = JsonSerializer.Deserialize(request.GetString(4), CacheJson.Default.CacheDescription)!.ToEntry(context.Transfer.Take());
                return async token => CacheAnswer.Of(entry.Body.Length <= context.Options.Limits.MaxCacheBytes && await _store.PutAsync(name, entry, token).ConfigureAwait(false));
            default:
                throw request.NotAnswered();
        }
    }

    // A store may find more than it was asked for.
    private static IEnumerable<JsCacheEntry> Found(IReadOnlyList<JsCacheEntry> entries, JsCacheQuery query, int most) =>
        query.IncludesBody ? entries.Where(query.Matches).Take(most) : entries.Where(query.Matches);

    private void Set(in HostReply reply, in CacheAnswer answer)
    {
        Keep(answer.Bodies);
        if (answer.Text is { } text)
        {
            reply.Set(text);
        }
        else
        {
            reply.Set(answer.Number);
        }
    }

    // JavaScript reads them before anything else happens, one after the other.
    private void Keep(ReadOnlyMemory<byte>[] bodies)
    {
        _bodies.Clear();
        foreach (var body in bodies.Where(static body => !body.IsEmpty))
        {
            _bodies.AddLast(body);
        }
    }

    private int Read()
    {
        if (_bodies.First is not { } first)
        {
            return 0;
        }

        var body = first.Value;
        var count = (int)Math.Min(body.Length, context.Transfer.Length);
        context.Transfer.Write(body.Span[..count], 0);
        if (count < body.Length)
        {
            first.Value = body[count..];
        }
        else
        {
            _bodies.RemoveFirst();
        }

        return count;
    }

    private CacheCall[] Take(Operation operation)
    {
        CacheCall[] calls = [.. _calls.Values.Where(c => ReferenceEquals(c.Operation, operation))];
        foreach (var call in calls)
        {
            _calls.Remove(call.Id);
            operation.CancelCalls();
        }

        return calls;
    }

    private string Describe(Exception error, Operation? operation)
    {
        if (context.MayLog(operation, LengthOfFailure))
        {
            context.Tell("the logger", operation, () => context.Isolate.Services.Logger.CacheStoreFailed(operation?.Name ?? "", operation?.RequestId ?? "", error));
        }

        var told = error is JsHostException || context.Options.ExposeHostErrors ? ExceptionText.MessageOf(error) : $"{error.GetType().Name}.";
        return Failure("UnknownError", $"The cache store failed: {told}");
    }
}
