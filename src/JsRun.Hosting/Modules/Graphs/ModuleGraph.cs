using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using JsRun.Modules.Compilation;
using JsRun.Modules.Sources;

namespace JsRun.Modules.Graphs;

/// <summary>An entry module and all that it can reach by literal specifiers. Immutable; safe for all threads.</summary>
internal sealed class ModuleGraph
{
    private readonly Lazy<string> _hash;

    public ModuleGraph(string entry, ImmutableArray<ModuleDescription> modules, ImmutableArray<string> files)
    {
        Entry = entry;
        Modules = modules;
        Files = files;
        _hash = new Lazy<string>(ComputeHash);
    }

    /// <summary>The entry's URL.</summary>
    public string Entry { get; }

    /// <summary>In the order of discovery; the order in which the functions of the <c>js</c> ones are handed to the linker.</summary>
    public ImmutableArray<ModuleDescription> Modules { get; }

    /// <summary>Full paths of the files that were read, and of those that were looked for: what to watch.</summary>
    public ImmutableArray<string> Files { get; }

    /// <summary>SHA-256 of the whole graph in hexadecimal: equal where the same URLs have the same content.</summary>
    public string Hash => _hash.Value;

    /// <summary>If its modules are compiled for instances: how their free names are.</summary>
    public GlobalScope? Scope { get; init; }

    /// <summary>The modules that have code, in order.</summary>
    public IEnumerable<ModuleDescription> Functions => Modules.Where(module => module.Kind == ModuleKind.Js);

    /// <summary>The graph as the linker reads it (<c>JavaScript/src/linker/graph.ts</c>); the functions travel beside it.</summary>
    public string ToJson() => ModuleGraphWriter.Write(Modules);

    private string ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{Entry} {Scope}\n"));
        foreach (var module in Modules.OrderBy(module => module.Url, StringComparer.Ordinal).ThenBy(module => module.Key.Type, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{module.Kind} {module.Key.Type} {module.Url}\n{module.ContentHash}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
