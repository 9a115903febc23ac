using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace JsRun.Engine.Scripts;

/// <summary>Compiled modules, ready to be added to a context: JSON of the linker's <c>ModuleGraph</c>, and the functions in its order. Shared by all isolates.</summary>
/// <param name="Json">The graph.</param>
/// <param name="Functions">The modules' functions.</param>
/// <param name="EntryUrl">The module that the graph was made for.</param>
internal sealed record ScriptGraph(string Json, IReadOnlyList<ScriptSource> Functions, string EntryUrl)
{
    private string? _fingerprint;

    /// <summary>Called on the isolate's thread when a context has taken the modules.</summary>
    public Action? Added { get; init; }

    /// <summary>A hash of all that is in it: where it is the same, an image of the one is an image of the other.</summary>
    public string Fingerprint => _fingerprint ??= Hash();

    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, EntryUrl);
        Add(hash, Json);
        foreach (var function in Functions)
        {
            Add(hash, function.Name);
            Add(hash, function.Code);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string text)
    {
        // With its length, so that what stands side by side cannot be told otherwise.
        hash.AppendData(BitConverter.GetBytes(text.Length));
        hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
    }
}
