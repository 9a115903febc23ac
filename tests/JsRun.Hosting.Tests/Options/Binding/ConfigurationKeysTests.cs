using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using JsRun.Options.Binding;

namespace JsRun.Hosting.Tests.Options.Binding;

public sealed class ConfigurationKeysTests
{
    // A trimmed application would not know the keys of a type that is missing.
    [Fact]
    public void Of_EveryOptionsTypeOfASection_IsKeptWhenTheApplicationIsTrimmed()
    {
        var kept = typeof(ConfigurationKeys).GetMethod(nameof(ConfigurationKeys.Of))!.GetCustomAttributes<DynamicDependencyAttribute>().Select(static dependency => dependency.Type);

        kept.ShouldBe(Sections(typeof(JsRunOptions)).Distinct(), ignoreOrder: true);
    }

    private static IEnumerable<Type> Sections(Type type) => ConfigurationKeys.Of(type).Select(static property => property.PropertyType)
        .Select(static property => ConfigurationKeys.IsMap(property, out var value) ? value : property)
        .Where(property => ConfigurationKeys.IsSection(property) && property != type && property.Assembly == type.Assembly)
        .SelectMany(Sections).Prepend(type);
}
