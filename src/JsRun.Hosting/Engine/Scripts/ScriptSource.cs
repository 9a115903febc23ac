using Microsoft.ClearScript;

namespace JsRun.Engine.Scripts;

/// <summary>
/// A script with its code cache, shared by all isolates of the process. The cache is taken after the script has run, because V8 compiles lazily: one that is taken at
/// first holds little more than the top level.
/// </summary>
internal sealed class ScriptSource(string name, string code)
{
    private byte[]? _cache;

    public string Name { get; } = name;

    public string Code { get; } = code;

    public DocumentInfo Document { get; } = new(name);

    public byte[]? Cache
    {
        get => Volatile.Read(ref _cache);
        set => Volatile.Write(ref _cache, value);
    }
}
