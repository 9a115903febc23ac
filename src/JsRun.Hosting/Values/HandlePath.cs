namespace JsRun.Values;

/// <summary>Finds out, for a message, where in a value a function or a stream is.</summary>
internal static class HandlePath
{
    public static string Of(object? value) => Find(value, "value") ?? "value";

    private static string? Find(object? value, string path) => value switch
    {
        JsFunction or JsStream => path,
        IReadOnlyDictionary<string, object?> members => members.Select(m => Find(m.Value, $"{path}.{m.Key}")).FirstOrDefault(static found => found is not null),
        JsMap map => map.Select(e => Find(e.Value, $"{path}.get({e.Key})") ?? Find(e.Key, $"{path}.keys()")).FirstOrDefault(static found => found is not null),
        JsErrorValue error => Find(error.Properties, path),
        IEnumerable<object?> items => items.Select((item, i) => Find(item, $"{path}[{i}]")).FirstOrDefault(static found => found is not null),
        _ => null,
    };
}
