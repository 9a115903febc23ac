using JsRun.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace JsRun.Options.Binding;

/// <summary>Says in the log that the section <c>JsRun</c> has changed while the application runs: the options are read once, at the start.</summary>
internal sealed class ConfigurationWatch(IOptionsFactory<JsRunOptions> options, GuardedLoggerFactory loggers, IConfiguration? configuration = null) : IHostedService, IDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger<ConfigurationWatch>();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string?> _atStart = Read(configuration);
    private string _told = "";
    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = configuration is null ? null : ChangeToken.OnChange(configuration.GetReloadToken, Compare);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _subscription?.Dispose();

    private static Dictionary<string, string?> Read(IConfiguration? configuration) =>
        configuration?.GetSection(JsRunOptions.SectionName).AsEnumerable().ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase) ?? [];

    private void Compare()
    {
        var now = Read(configuration);
        var changed = now.Keys.Union(_atStart.Keys, StringComparer.OrdinalIgnoreCase)
            .Where(key => !now.TryGetValue(key, out var value) || !_atStart.TryGetValue(key, out var before) || value != before)
            .Order(StringComparer.OrdinalIgnoreCase)
            .ToList();

        // Values may be secrets: they are compared, and not told.
        var state = string.Join('\n', changed.Select(key => $"{key}={now.GetValueOrDefault(key)}"));
        lock (_lock)
        {
            if (state == _told)
            {
                // A file that is saved is often noticed twice.
                return;
            }

            _told = state;
        }

        Tell(changed);
    }

    private void Tell(List<string> changed)
    {
        if (changed.Count == 0)
        {
            _logger.ChangedBack();
            return;
        }

        try
        {
            options.Create(Microsoft.Extensions.Options.Options.DefaultName);
            _logger.Changed(string.Join(", ", changed));
        }
        catch (OptionsValidationException e)
        {
            _logger.ChangedForTheWorse(e.Message);
        }
    }
}
