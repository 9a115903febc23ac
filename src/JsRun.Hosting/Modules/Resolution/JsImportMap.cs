using System.Text.Json;
using JsRun.Modules.Resolution;

namespace JsRun;

/// <summary>
/// An import map: which URLs bare specifiers (and others) stand for, everywhere and within scopes
/// (<see href="https://html.spec.whatwg.org/multipage/webappapis.html#import-maps"/>). Immutable and thread-safe.
/// </summary>
public sealed class JsImportMap
{
    // Most specific first, as the standard asks.
    private readonly KeyValuePair<string, string?>[] _imports;
    private readonly (string Prefix, KeyValuePair<string, string?>[] Imports)[] _scopes;

    /// <summary>Creates an import map.</summary>
    /// <param name="imports">
    /// Addresses by specifier. An address is an absolute URL, <c>static:name</c>, or a path (<c>/</c>, <c>./</c>, <c>../</c>) relative to <paramref name="baseUrl"/>;
    /// <see langword="null"/> forbids the specifier. Where the specifier ends in <c>/</c>, so must the address: all that begins with it is mapped.
    /// </param>
    /// <param name="scopes">The same for modules whose URL is, or begins with (where it ends in <c>/</c>), the key.</param>
    /// <param name="baseUrl">What relative addresses are relative to; the default is <c>jsrun://static/</c>, so that <c>./name</c> is a static module.</param>
    /// <exception cref="FormatException">An address is not a URL, or does not end in <c>/</c> where it must.</exception>
    public JsImportMap(
        IEnumerable<KeyValuePair<string, string?>> imports,
        IEnumerable<KeyValuePair<string, IReadOnlyDictionary<string, string?>>>? scopes = null,
        string? baseUrl = null)
    {
        ArgumentNullException.ThrowIfNull(imports);
        var from = baseUrl ?? StaticUrl.Base;
        _imports = Normalize(imports, from);
        _scopes =
        [
            .. (scopes ?? []).Select(scope => (Url(scope.Key, from) ?? throw new FormatException($"The import map's scope '{scope.Key}' is not a URL."), Normalize(scope.Value, from)))
                .OrderByDescending(scope => scope.Item1, StringComparer.Ordinal),
        ];
    }

    /// <summary>Reads an import map from JSON: an object with <c>imports</c> and <c>scopes</c>; other members are ignored.</summary>
    /// <param name="json">The text.</param>
    /// <param name="baseUrl">What relative addresses are relative to; the default is <c>jsrun://static/</c>.</param>
    /// <returns>The import map.</returns>
    /// <exception cref="FormatException">The text is not JSON, or not an import map.</exception>
    public static JsImportMap Parse(string json, string? baseUrl = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new JsImportMap(
                ReadImports(root, "imports"),
                Members(root, "scopes").Select(scope => KeyValuePair.Create(scope.Name, (IReadOnlyDictionary<string, string?>)new Dictionary<string, string?>(ReadAddresses(scope.Value, scope.Name)))),
                baseUrl);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The import map is not valid JSON: {exception.Message}", exception);
        }
    }

    /// <summary>What a specifier is mapped to.</summary>
    /// <param name="specifier">The specifier, as its URL where it is one or is relative.</param>
    /// <param name="isUrl">Whether it is a URL: only those of special schemes are mapped by prefix.</param>
    /// <param name="referrer">The URL of the module that asks.</param>
    /// <param name="url">The URL; <see langword="null"/> where the map forbids the specifier.</param>
    /// <returns>Whether the map knows it.</returns>
    /// <exception cref="JsModuleException">The specifier leads out of the address that its beginning is mapped to.</exception>
    internal bool TryMap(string specifier, bool isUrl, string? referrer, out string? url)
    {
        foreach (var (prefix, imports) in _scopes)
        {
            if (referrer is not null && (prefix == referrer || (prefix.EndsWith('/') && referrer.StartsWith(prefix, StringComparison.Ordinal))) && TryMap(imports, specifier, isUrl, out url))
            {
                return true;
            }
        }

        return TryMap(_imports, specifier, isUrl, out url);
    }

    private static bool TryMap(KeyValuePair<string, string?>[] imports, string specifier, bool isUrl, out string? url)
    {
        foreach (var (key, address) in imports)
        {
            if (key == specifier)
            {
                url = address;
                return true;
            }

            if (key.EndsWith('/') && specifier.StartsWith(key, StringComparison.Ordinal) && (!isUrl || SpecifierUrl.IsMappedByPrefix(specifier)))
            {
                url = address is null ? null : SpecifierUrl.Resolve("./" + specifier[key.Length..], address);
                if (address is not null && url?.StartsWith(address, StringComparison.Ordinal) != true)
                {
                    throw new JsModuleException($"'{specifier}' leads out of '{address}', which the import map maps '{key}' to.");
                }

                return true;
            }
        }

        url = null;
        return false;
    }

    private static KeyValuePair<string, string?>[] Normalize(IEnumerable<KeyValuePair<string, string?>> imports, string baseUrl) =>
    [
        .. imports.Select(import => KeyValuePair.Create(Url(import.Key, baseUrl) ?? import.Key, Address(import.Key, import.Value, baseUrl)))
            .OrderByDescending(import => import.Key, StringComparer.Ordinal),
    ];

    private static string? Address(string specifier, string? address, string baseUrl)
    {
        if (address is null)
        {
            return null;
        }

        var url = Url(address, baseUrl) ?? throw new FormatException(
            $"The import map maps '{specifier}' to '{address}', which is not a URL: write an absolute one, static:name, or begin with '/', './' or '../'.");
        return !specifier.EndsWith('/') || url.EndsWith('/') ? url : throw new FormatException($"The import map maps '{specifier}' to '{address}': both must end in '/'.");
    }

    private static string? Url(string text, string baseUrl) => StaticUrl.FromScheme(text) ?? SpecifierUrl.Resolve(text, baseUrl);

    private static IEnumerable<KeyValuePair<string, string?>> ReadImports(JsonElement root, string name) =>
        Members(root, name).Select(member => KeyValuePair.Create(member.Name, ReadAddress(member)));

    private static IEnumerable<KeyValuePair<string, string?>> ReadAddresses(JsonElement scope, string name) => scope.ValueKind == JsonValueKind.Object
        ? scope.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, ReadAddress(member)))
        : throw new FormatException($"The import map's scope '{name}' is not an object.");

    private static string? ReadAddress(JsonProperty member) => member.Value.ValueKind switch
    {
        JsonValueKind.String => member.Value.GetString(),
        JsonValueKind.Null => null,
        _ => throw new FormatException($"The import map maps '{member.Name}' to something that is not a string."),
    };

    private static JsonElement.ObjectEnumerator Members(JsonElement root, string name) => root.ValueKind != JsonValueKind.Object
        ? throw new FormatException("An import map is a JSON object with 'imports' and 'scopes'.")
        : !root.TryGetProperty(name, out var members) ? default
        : members.ValueKind == JsonValueKind.Object ? members.EnumerateObject()
        : throw new FormatException($"The import map's '{name}' is not an object.");
}
