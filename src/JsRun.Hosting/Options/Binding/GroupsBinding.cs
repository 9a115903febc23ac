using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace JsRun.Options.Binding;

/// <summary>Makes every group whole: what is above it, then its own section, then what code adds. Runs after all of <see cref="JsRunOptions"/> is configured.</summary>
internal sealed class GroupsBinding(IEnumerable<GroupConfiguration> added, IConfiguration? configuration = null) : IPostConfigureOptions<JsRunOptions>
{
    public void PostConfigure(string? name, JsRunOptions options)
    {
        var complete = options.Groups.Keys.ToHashSet(StringComparer.Ordinal);
        var section = configuration?.GetSection(JsRunOptions.SectionName);
        var sections = section is null ? [] : ConfigurationCheck.Run(section).Sound(section).GetSection(nameof(options.Groups)).GetChildren();
        foreach (var group in sections.Where(group => !complete.Contains(group.Key)))
        {
            JsRunOptionsBinding.BindGroup(group, Inherited(options, group.Key));
        }

        foreach (var group in added)
        {
            group.Configure(Inherited(options, group.Name));
        }
    }

    private static JsRunGroupOptions Inherited(JsRunOptions options, string name)
    {
        if (!options.Groups.TryGetValue(name, out var group))
        {
            options.Groups[name] = group = options.Copy();

            // A folder belongs to one group: inheriting it would deploy every function twice.
            group.Functions.Path = null;
        }

        return group;
    }
}
