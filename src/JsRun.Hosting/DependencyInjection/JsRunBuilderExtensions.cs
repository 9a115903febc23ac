using JsRun;
using JsRun.Options.Binding;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds features to JsRun.</summary>
/// <remarks>Not thread-safe: for the time in which the application is configured.</remarks>
public static class JsRunBuilderExtensions
{
    /// <summary>Adds a pool group, or adds to the settings of one: the functions of one tenant or trust level, on isolates of their own.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name: 1 to 64 letters, digits, <c>.</c>, <c>_</c> or <c>-</c>, a letter or digit first.</param>
    /// <param name="configure">Changes the group's settings. They arrive as the options above the group and its section <c>JsRun:Groups:&lt;name&gt;</c> have them, without a functions' folder unless the section names one.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="configure"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is <see langword="null"/> or empty.</exception>
    public static IJsRunBuilder AddGroup(this IJsRunBuilder builder, string name, Action<JsRunGroupOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddSingleton(new GroupConfiguration(name, configure));
        return builder;
    }
}
