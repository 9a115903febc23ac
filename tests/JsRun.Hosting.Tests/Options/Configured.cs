using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JsRun.Hosting.Tests.Options;

/// <summary>Options as an application gets them: a container with a configuration.</summary>
internal static class Configured
{
    public static ServiceProvider Services(Action<JsRunOptions>? configure, params (string Key, string? Value)[] configuration) =>
        Builder(configure, configuration).Services.BuildServiceProvider();

    public static IJsRunBuilder Builder(Action<JsRunOptions>? configure, params (string Key, string? Value)[] configuration) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configuration.Select(entry => KeyValuePair.Create(entry.Key, entry.Value))).Build())
        .AddJsRun(configure);

    public static JsRunOptions Options(params (string Key, string? Value)[] configuration) => Options(null, configuration);

    public static JsRunOptions Options(Action<JsRunOptions>? configure, params (string Key, string? Value)[] configuration)
    {
        using var services = Services(configure, configuration);
        return services.GetRequiredService<IOptions<JsRunOptions>>().Value;
    }

    public static string[] Failures(params (string Key, string? Value)[] configuration) => Failures(null, configuration);

    public static string[] Failures(Action<JsRunOptions>? configure, params (string Key, string? Value)[] configuration) =>
        [.. Should.Throw<OptionsValidationException>(() => Options(configure, configuration)).Failures];
}
