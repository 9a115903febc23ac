using Microsoft.Extensions.Configuration;

namespace JsRun.Options.Binding;

/// <summary>Names the configuration provider from which a value comes.</summary>
internal static class ConfigurationOrigin
{
    public static string Of(IConfiguration? configuration, string key)
    {
        // The last one wins.
        foreach (var provider in (configuration as IConfigurationRoot)?.Providers.Reverse() ?? [])
        {
            if (provider.TryGet(key, out _))
            {
                return provider.ToString() ?? provider.GetType().Name;
            }
        }

        return "a provider that is not known";
    }
}
