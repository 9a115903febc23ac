using JsRun.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JsRun.Options.Binding;

/// <summary>Binds the section <c>JsRun</c>, all but its groups: those inherit, so they wait until everything above them is known (<see cref="GroupsBinding"/>).</summary>
internal sealed class JsRunOptionsBinding(IConfiguration? configuration = null, GuardedLoggerFactory? loggers = null) : IConfigureOptions<JsRunOptions>
{
    public void Configure(JsRunOptions options)
    {
        if (configuration?.GetSection(JsRunOptions.SectionName) is not { } section)
        {
            return;
        }

        if (!string.IsNullOrEmpty(section.Value))
        {
            loggers?.CreateLogger<JsRunOptionsBinding>().ValueInPlaceOfSection(section.Path, ConfigurationOrigin.Of(configuration, section.Path));
        }

        var check = ConfigurationCheck.Run(section);
        options.ConfigurationFailures = check.Failures;
        section = check.Sound(section);
        BindGroup(section, options);
        section.GetSection(nameof(options.Pool)).Bind(options.Pool);
        section.GetSection(nameof(options.Engine)).Bind(options.Engine);
        section.GetSection(nameof(options.Images)).Bind(options.Images);
        section.GetSection(nameof(options.Inspector)).Bind(options.Inspector);
    }

    /// <summary>Lays a section over a group's settings: values one by one, the lists <c>Permissions</c> and <c>Env</c> as a whole where the section names them.</summary>
    public static void BindGroup(IConfigurationSection section, JsRunGroupOptions group)
    {
        group.Isolation = section.GetValue(nameof(group.Isolation), group.Isolation);
        group.Placement = section.GetValue(nameof(group.Placement), group.Placement);
        group.Surface = section.GetValue(nameof(group.Surface), group.Surface);
        section.GetSection(nameof(group.Functions)).Bind(group.Functions);
        section.GetSection(nameof(group.Limits)).Bind(group.Limits);
        section.GetSection(nameof(group.Workers)).Bind(group.Workers);
        if (Named(section, nameof(group.Permissions)) is { } permissions)
        {
            group.Permissions.Clear();
            foreach (var permission in permissions.GetChildren())
            {
                group.Permissions.Add(permission.Value ?? "");
            }
        }

        if (Named(section, nameof(group.Env)) is { } env)
        {
            group.Env.Clear();
            foreach (var variable in env.GetChildren())
            {
                group.Env[variable.Key] = variable.Value ?? "";
            }
        }
    }

    // An empty list counts as named: it takes away what would be inherited.
    private static IConfigurationSection? Named(IConfigurationSection section, string key) =>
        section.GetChildren().FirstOrDefault(child => string.Equals(child.Key, key, StringComparison.OrdinalIgnoreCase));
}
