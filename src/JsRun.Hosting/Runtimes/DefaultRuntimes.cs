using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Runtimes;

/// <summary>Whose runtimes <see cref="Js"/> uses: an application's, or a container's that is made when first needed and lives until <see cref="ShutdownAsync"/>. Thread-safe.</summary>
internal static class DefaultRuntimes
{
    private static readonly Lock Sync = new();
    private static readonly ConditionalWeakTable<IJsRuntime, object?> Made = [];
    private static ServiceProvider? _own;
    private static IJsRuntimeFactory? _given;

    public static IJsRuntimeFactory Factory
    {
        get
        {
            lock (Sync)
            {
                return _given ?? (_own ??= new ServiceCollection().AddJsRun().Services.BuildServiceProvider()).GetRequiredService<IJsRuntimeFactory>();
            }
        }

        set
        {
            lock (Sync)
            {
                _given = value;
            }
        }
    }

    public static async Task<IJsRuntime> CreateAsync()
    {
        var runtime = await Factory.CreateAsync().ConfigureAwait(false);
        Made.Add(runtime, null);
        return runtime;
    }

    /// <summary>Ends all default runtimes and what they stand on. An application's factory is let go of, and ends with its application.</summary>
    public static async ValueTask ShutdownAsync()
    {
        ServiceProvider? own;
        lock (Sync)
        {
            own = _own;
            _own = null;
            _given = null;
        }

        foreach (var (runtime, _) in Made)
        {
            await runtime.DisposeAsync().ConfigureAwait(false);
        }

        Made.Clear();
        if (own is not null)
        {
            await own.DisposeAsync().ConfigureAwait(false);
        }
    }
}
