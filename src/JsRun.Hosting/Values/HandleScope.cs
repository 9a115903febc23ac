namespace JsRun.Values;

/// <summary>What one conversion through JSON carries beside it. The tokens are random: no script can name one.</summary>
internal sealed class HandleScope
{
    private readonly string _secret = Guid.NewGuid().ToString("N");
    private readonly List<object> _handles = [];

    /// <summary>The conversion that this thread is in.</summary>
    [field: ThreadStatic]
    public static HandleScope? Current { get; set; }

    public string Add(object handle)
    {
        _handles.Add(handle);
        return $"{_secret}:{_handles.Count - 1}";
    }

    public object? Find(string token) =>
        token.Length > _secret.Length && token.StartsWith(_secret, StringComparison.Ordinal) && int.TryParse(token.AsSpan(_secret.Length + 1), out var index) ? _handles[index] : null;
}
