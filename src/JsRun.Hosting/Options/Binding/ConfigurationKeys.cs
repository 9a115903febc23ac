using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace JsRun.Options.Binding;

/// <summary>The keys that a section may hold, read off the options types so that they cannot drift apart.</summary>
internal static class ConfigurationKeys
{
    // All options types that a section is bound to: a test compares the list with what JsRunOptions holds.
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(JsRunOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(JsRunGroupOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(JsRunEngineOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(JsRunFunctionsOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(JsRunImagesOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(JsRunInspectorOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(JsRunLimitsOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(JsRunPoolOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(JsRunWorkersOptions))]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The properties of all options types are kept.")]
    public static IReadOnlyList<PropertyInfo> Of(Type options) => options.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    public static PropertyInfo? Find(Type options, string key) => Of(options).FirstOrDefault(p => string.Equals(p.Name, key, StringComparison.OrdinalIgnoreCase));

    public static bool IsSection(Type type) => type.IsClass && type != typeof(string);

    public static bool IsList(Type type) => type == typeof(IList<string>);

    /// <summary>Returns whether the section's children have names of the user's choice; <paramref name="value"/> is what each of them is.</summary>
    public static bool IsMap(Type type, out Type value)
    {
        var isMap = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDictionary<,>);
        value = isMap ? type.GetGenericArguments()[1] : typeof(void);
        return isMap;
    }

    /// <summary>The paths of all keys below a type, without those whose names are the user's choice.</summary>
    public static IEnumerable<string> Paths(Type options, string section) => Of(options).SelectMany(property =>
        Paths(property.PropertyType, property.Name, $"{section}:{property.Name}"));

    private static IEnumerable<string> Paths(Type type, string name, string path) => IsSection(type) && name.Length > 0 ? [path, .. Paths(type, path)] : [path];
}
