using System.Text.Json;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.WebApi.Caches;
using Microsoft.ClearScript.V8.FastProxy;

namespace JsRun.Engine.Web;

/// <summary>The caches of a context's group. Used on the isolate's thread.</summary>
internal sealed class CachePort(V8Context context)
{
    private readonly CacheStore _store = context.Options.Shared.Caches;
    private ReadOnlyMemory<byte> _body;

    public void Dispatch(in V8FastArgs args, in V8FastResult result)
    {
        switch ((CacheStep)args.GetInt32(1))
        {
            case CacheStep.Names:
                result.Set(Names());
                break;
            case CacheStep.Has:
                result.Set(_store.Has(args.GetString(2)) ? 1 : 0);
                break;
            case CacheStep.Open:
                result.Set(_store.Open(args.GetString(2)) ? CrossingCode.GoOn : CrossingCode.Refused);
                break;
            case CacheStep.Delete:
                result.Set(_store.Delete(args.GetString(2)) ? 1 : 0);
                break;
            case CacheStep.Find:
                result.Set(Find(args.GetString(2), args.TryGet(3, out string url) ? url : null, args.Count > 4 && args.IsTruthy(4)));
                break;
            case CacheStep.Take:
                result.Set(Take(args.GetString(2), args.GetInt32(3)));
                break;
            case CacheStep.Read:
                result.Set(Read());
                break;
            case CacheStep.Put:
                result.Set(Put(args) ? CrossingCode.GoOn : CrossingCode.Refused);
                break;
            case CacheStep.Remove:
                _store.Remove(args.GetString(2), Ids(args.GetString(3)));
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

    private bool Put(in V8FastArgs args)
    {
        var description = JsonSerializer.Deserialize(args.GetString(3), CacheJson.Default.CacheDescription)!;
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
        return _store.Put(args.GetString(2), entry, Ids(args.GetString(4)));
    }

    private static int[] Ids(string text) => text.Length == 0 ? [] : [.. text.Split(',').Select(id => int.Parse(id, System.Globalization.CultureInfo.InvariantCulture))];
}
