using System.Text.Json;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.WebApi.Caches;

namespace JsRun.Engine.Web;

/// <summary>The caches of a context's group. Used on the isolate's thread.</summary>
internal sealed class CachePort(V8Context context) : IHostPort<CachePort>
{
    private readonly CacheStore _store = context.Options.Shared.Caches;
    private ReadOnlyMemory<byte> _body;

    public static IReadOnlyList<HostOp> Ops { get; } = [HostOp.Cache];

    public static CachePort Of(V8Context context) => new(context);

    public void Answer(in HostRequest request, in HostReply reply)
    {
        switch ((CacheStep)request.GetInt32(1))
        {
            case CacheStep.Names:
                reply.Set(Names());
                break;
            case CacheStep.Has:
                reply.Set(_store.Has(request.GetString(2)) ? 1 : 0);
                break;
            case CacheStep.Open:
                reply.Set(_store.Open(request.GetString(2)) ? CrossingCode.GoOn : CrossingCode.Refused);
                break;
            case CacheStep.Delete:
                reply.Set(_store.Delete(request.GetString(2)) ? 1 : 0);
                break;
            case CacheStep.Find:
                reply.Set(Find(request.GetString(2), request.FindString(3), request.IsTruthy(4)));
                break;
            case CacheStep.Take:
                reply.Set(Take(request.GetString(2), request.GetInt32(3)));
                break;
            case CacheStep.Read:
                reply.Set(Read());
                break;
            case CacheStep.Put:
                reply.Set(Put(request) ? CrossingCode.GoOn : CrossingCode.Refused);
                break;
            case CacheStep.Remove:
                _store.Remove(request.GetString(2), Ids(request.GetString(3)));
                break;
        }
    }

    // JSON would replace lone surrogates.
    private string Names()
    {
        var names = _store.Names;
        return $"{string.Join(',', names.Select(static n => n.Length))}\n{string.Concat(names)}";
    }

    private string Find(string name, string? url, bool ignoreQuery) => JsonSerializer.Serialize(
        [.. _store.Find(name, url, ignoreQuery).Select(found => new CacheDescription(
            found.Id,
            found.Entry.Method,
            found.Entry.Url,
            found.Entry.Fragment,
            found.Entry.RequestHeaders,
            found.Entry.Status,
            found.Entry.StatusText,
            found.Entry.Headers,
            found.Entry.ResponseUrl))],
        CacheJson.Default.CacheDescriptionArray);

    // The length of the body, which is read next.
    private int Take(string name, int id)
    {
        if (_store.Take(name, id) is not { } entry)
        {
            return CrossingCode.None;
        }

        _body = entry.Body;
        return _body.Length;
    }

    private int Read()
    {
        var count = (int)Math.Min(_body.Length, context.Transfer.Length);
        context.Transfer.Write(_body.Span[..count], 0);
        _body = _body[count..];
        return count;
    }

    private bool Put(in HostRequest request)
    {
        var description = JsonSerializer.Deserialize(request.GetString(3), CacheJson.Default.CacheDescription)!;
        var entry = new CacheEntry(
            description.Method,
            description.Url,
            description.Fragment,
            description.RequestHeaders,
            description.Status,
            description.StatusText,
            description.Headers,
            description.ResponseUrl,
            context.Transfer.Take());
        return _store.Put(request.GetString(2), entry, Ids(request.GetString(4)));
    }

    private static int[] Ids(string text) => text.Length == 0 ? [] : [.. text.Split(',').Select(id => int.Parse(id, System.Globalization.CultureInfo.InvariantCulture))];
}
