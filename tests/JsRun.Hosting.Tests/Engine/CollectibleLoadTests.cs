using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace JsRun.Hosting.Tests.Engine;

public sealed class CollectibleLoadTests
{
    [Fact]
    public async Task Load_InACollectibleContext_WorksAndUnloadsEachTime()
    {
        for (var round = 0; round < 3; round++)
        {
            var unloaded = await RunAsync();

            await Eventually.HoldsAsync(
                () =>
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                    return !unloaded.IsAlive;
                },
                () => $"round {round}: still loaded");
        }
    }

    [Fact]
    public async Task Load_InACollectibleContext_DoesWithoutTheNativeLayerAndSaysWhy()
    {
        var plugin = new Plugin();

        var capabilities = plugin.Call("JsRun.Engine.Isolates.NativeV8", "Detect", Enum.ToObject(plugin.Type("JsRun.JsNativeMode"), (int)JsNativeMode.Auto))!;

        capabilities.GetType().GetProperty("Any")!.GetValue(capabilities).ShouldBe(false);
        ((string)capabilities.GetType().GetProperty("Reason")!.GetValue(capabilities)!).ShouldContain("collectible AssemblyLoadContext");
        plugin.Unload();
        await Task.CompletedTask;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> RunAsync()
    {
        var plugin = new Plugin();
        var runs = Task.Run(async () =>
        {
            plugin.Call("JsRun.Js", "Evaluate", "globalThis.x = 1; 6 * 7", null, CancellationToken.None).ShouldBe(42L);
            await (ValueTask)plugin.Call("JsRun.Js", "ShutdownAsync")!;
        });
        await runs.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var reference = new WeakReference(plugin);
        plugin.Unload();
        return reference;
    }

    private sealed class Plugin() : AssemblyLoadContext("plugin", isCollectible: true)
    {
        private static readonly string Folder = Path.GetDirectoryName(typeof(Js).Assembly.Location)!;

        public Type Type(string name) => LoadFromAssemblyPath(typeof(Js).Assembly.Location).GetType(name, throwOnError: true)!;

        public object? Call(string type, string method, params object?[] arguments) => Type(type)
            .GetMethods(BindingFlags.Static | BindingFlags.Public)
            .Single(m => m.Name == method && !m.IsGenericMethod && m.GetParameters().Length == arguments.Length)
            .Invoke(null, arguments);

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var path = Path.Combine(Folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
