using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace JsRun.Options.Binding;

/// <summary>
/// Reads a section before it is bound and collects what the binder would pass over in silence or report without its range: keys that nobody knows, values
/// where a section belongs, text that is not a number.
/// </summary>
internal sealed class ConfigurationCheck
{
    private readonly List<string> _failures = [];
    private readonly List<string> _refused = [];

    /// <summary>What is wrong, one text for each mistake.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Checks the section <c>JsRun</c>. A value in its place is not refused here: it may be an environment variable of somebody else's.</summary>
    public static ConfigurationCheck Run(IConfigurationSection section)
    {
        var check = new ConfigurationCheck();
        check.Children(section, typeof(JsRunOptions));
        return check;
    }

    /// <summary>The section without what was refused, so that the rest can be bound and validated too: all mistakes are told together.</summary>
    public IConfigurationSection Sound(IConfigurationSection section) => _refused.Count == 0
        ? section
        : new ConfigurationBuilder().AddInMemoryCollection(section.AsEnumerable().Where(pair => !_refused.Exists(path => IsUnder(pair.Key, path)))).Build().GetSection(section.Path);

    private static bool IsUnder(string key, string path) =>
        key.StartsWith(path, StringComparison.OrdinalIgnoreCase) && (key.Length == path.Length || key[path.Length] == ConfigurationPath.KeyDelimiter[0]);

    private void Refuse(string path, string failure)
    {
        _refused.Add(path);
        _failures.Add(failure);
    }

    private void Section(IConfigurationSection section, Type type)
    {
        if (!RefuseValue(section, "a section"))
        {
            Children(section, type);
        }
    }

    private void Children(IConfigurationSection section, Type type)
    {
        foreach (var child in section.GetChildren())
        {
            if (ConfigurationKeys.Find(type, child.Key) is { } property)
            {
                Property(child, property);
            }
            else
            {
                Refuse(child.Path, $"{child.Path} is not a known key. " + (KeySuggestion.For(child.Key, section.Path, type) is { } suggestion
                    ? $"Did you mean {suggestion}?"
                    : $"Known here are: {string.Join(", ", ConfigurationKeys.Of(type).Select(p => p.Name))}."));
            }
        }
    }

    private void Property(IConfigurationSection section, PropertyInfo property)
    {
        var type = property.PropertyType;
        if (ConfigurationKeys.IsMap(type, out var value))
        {
            if (!RefuseValue(section, "a section"))
            {
                Each(section, child => Entry(child, value));
            }
        }
        else if (ConfigurationKeys.IsList(type))
        {
            if (!RefuseValue(section, $"a list ({section.Path}:0, {section.Path}:1, …)"))
            {
                Each(section, RefuseChildren);
            }
        }
        else if (ConfigurationKeys.IsSection(type))
        {
            Section(section, type);
        }
        else if (!RefuseChildren(section) && section.Value is { } text && ConfigurationValue.Check(section.Path, text, property) is { } failure)
        {
            Refuse(section.Path, failure);
        }
    }

    private void Entry(IConfigurationSection section, Type type)
    {
        if (ConfigurationKeys.IsSection(type))
        {
            Section(section, type);
        }
        else
        {
            RefuseChildren(section);
        }
    }

    private static void Each(IConfigurationSection section, Action<IConfigurationSection> check)
    {
        foreach (var child in section.GetChildren())
        {
            check(child);
        }
    }

    private static void Each(IConfigurationSection section, Func<IConfigurationSection, bool> check) => Each(section, child => { check(child); });

    private bool RefuseValue(IConfigurationSection section, string expected)
    {
        // An empty object or array arrives as an empty value.
        var refused = !string.IsNullOrEmpty(section.Value);
        if (refused)
        {
            Refuse(section.Path, $"{section.Path} is '{section.Value}', but it is {expected}, not a value.");
        }

        return refused;
    }

    private bool RefuseChildren(IConfigurationSection section)
    {
        var child = section.GetChildren().FirstOrDefault();
        if (child is not null)
        {
            Refuse(section.Path, $"{section.Path} is one value and has no keys below it: remove {child.Path}.");
        }

        return child is not null;
    }
}
