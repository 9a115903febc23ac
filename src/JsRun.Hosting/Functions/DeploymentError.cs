namespace JsRun.Functions;

/// <summary>What the log and the status say of a deployment that failed.</summary>
internal static class DeploymentError
{
    private static readonly string[] OfCommonJs = ["require", "module", "exports", "__dirname", "__filename"];
    private static readonly string[] OfNode = ["process", "Buffer", "global", "setImmediate"];

    public static string Describe(Exception error)
    {
        if (error is not JavaScriptException { JsStack.Length: > 0 } script)
        {
            return error.Message;
        }

        // V8 only says that the name is not defined.
        if (script.Name == "ReferenceError" && Array.Exists(OfNode, name => script.JsMessage == $"{name} is not defined"))
        {
            return $"{script.JsStack}\nThat global is one of Node.js, which JsRun does not have: configuration is in env, bytes are in Uint8Array, and the global object is globalThis. A bundler for browsers replaces what packages use of it, for example esbuild --platform=browser with --define or --inject.";
        }

        return script.Name == "ReferenceError" && Array.Exists(OfCommonJs, name => script.Message.EndsWith($"{name} is not defined", StringComparison.Ordinal))
            ? $"{script.JsStack}\nThe file looks like CommonJS, which is not supported: write an ES module, with import and export default {{ fetch(request, env, ctx) {{ … }} }}, or bundle it as one, for example with esbuild --format=esm."
            : script.JsStack;
    }
}
