using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Runtime;

/// <summary>Whose runtimes <see cref="Js"/> uses: an application's, or a container's that is made when first needed and lives as long as the process.</summary>
internal static class DefaultRuntimes
{
    private static readonly Lazy<IServiceProvider> Own = new(static () => new ServiceCollection().AddJsRun().Services.BuildServiceProvider());
    private static volatile IJsRuntimeFactory? _given;

    public static IJsRuntimeFactory Factory
    {
        get => _given ?? Own.Value.GetRequiredService<IJsRuntimeFactory>();
        set => _given = value;
    }
}
