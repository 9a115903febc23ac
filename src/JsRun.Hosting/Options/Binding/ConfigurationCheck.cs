using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace JsRun.Options;

/// <summary>
/// Reads a section before it is bound and collects what the binder would pass over in silence or report without its range: keys that nobody knows, values
/// where a section belongs, text that is no number.
/// </summary>
internal sealed class ConfigurationCheck
{
    private readonly List<string> _failures = [];

    public static IReadOnlyList<string> Run(IConfigurationSection section)
    {
        var check = new ConfigurationCheck();
        check.Section(section, typeof(JsRunOptions));
        return check._failures;
    }

    private void Section(IConfigurationSection section, Type type)
    {
        if (RefuseValue(section, "a section"))
        {
            return;
        }

        foreach (var child in section.GetChildren())
        {
            if (ConfigurationKeys.Find(type, child.Key) is { } property)
            {
                Property(child, property);
            }
            else
            {
                _failures.Add($"{child.Path} is not a known key. " + (KeySuggestion.For(child.Key, section.Path, type) is { } suggestion
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
            _failures.Add(failure);
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
            _failures.Add($"{section.Path} is '{section.Value}', but it is {expected}, not a value.");
        }

        return refused;
    }

    private bool RefuseChildren(IConfigurationSection section)
    {
        var child = section.GetChildren().FirstOrDefault();
        if (child is not null)
        {
            _failures.Add($"{section.Path} is one value and has no keys below it: remove {child.Path}.");
        }

        return child is not null;
    }
}
