using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Deployment;

/// <summary>Says in the log that a configuration file cannot be read any more: .NET passes over one that breaks while the application runs.</summary>
internal static class ConfigurationFiles
{
    public static void Watch(IConfiguration? configuration, ILogger logger)
    {
        foreach (var file in (configuration as IConfigurationRoot)?.Providers.OfType<FileConfigurationProvider>() ?? [])
        {
            var before = file.Source.OnLoadException;
            file.Source.OnLoadException = context =>
            {
                logger.ConfigurationBroken(context.Provider.Source.Path ?? "", context.Exception.Message);
                before?.Invoke(context);
            };
        }
    }
}
