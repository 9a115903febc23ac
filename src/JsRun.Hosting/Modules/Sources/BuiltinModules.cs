using System.Text;

namespace JsRun.Modules.Sources;

/// <summary>The modules that come with JsRun. Their exports are the bundle's (<c>JavaScript/src/linker/builtins.ts</c>), which <c>import.meta.builtin</c> leads to for these URLs only.</summary>
internal static class BuiltinModules
{
    private const string AsyncHooks = "node:async_hooks";

    private const string AsyncHooksText = """
        const { AsyncLocalStorage, AsyncResource } = import.meta.builtin;
        export { AsyncLocalStorage, AsyncResource };
        export default { AsyncLocalStorage, AsyncResource };
        """;

    /// <summary>For messages.</summary>
    public static string Names => $"'{AsyncHooks}'";

    /// <summary>The module of that URL, which is what it is imported by too.</summary>
    public static SourceFile? Find(string url) => url == AsyncHooks ? new SourceFile(AsyncHooks, Encoding.UTF8.GetBytes(AsyncHooksText)) : null;
}
