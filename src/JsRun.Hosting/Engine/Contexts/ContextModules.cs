using JsRun.Engine.Crossing;
using JsRun.Engine.Operations;
using JsRun.Engine.Scripts;
using Microsoft.ClearScript;

namespace JsRun.Engine.Contexts;

/// <summary>Compiled modules on their way into a context.</summary>
internal static class ContextModules
{
    /// <summary>Adds compiled modules. Their scripts are function expressions: evaluating them runs nothing of the user's.</summary>
    /// <exception cref="JsModuleException">V8 does not accept one of them.</exception>
    public static bool AddModules(this V8Context context, Operation operation, ScriptGraph graph)
    {
        var arguments = new object?[graph.Functions.Count + 1];
        arguments[0] = graph.Json;
        for (var i = 0; i < graph.Functions.Count; i++)
        {
            arguments[i + 1] = Compile(context, graph.Functions[i]);
        }

        try
        {
            var added = context.Enter(operation, EntryOp.AddModules, arguments);
            if (added)
            {
                graph.Added?.Invoke();
            }

            return added;
        }
        finally
        {
            for (var i = 1; i < arguments.Length; i++)
            {
                ((ScriptObject)arguments[i]!).Dispose();
            }
        }
    }

    private static object Compile(V8Context context, ScriptSource function)
    {
        try
        {
            return context.Scripts.Evaluate(function);
        }
        catch (ScriptEngineException e) when (!e.IsFatal)
        {
            // The compiler accepts source that V8 rejects, such as a call with too many arguments.
            throw new JsModuleException($"V8 does not accept the module {function.Name}: {e.Message}", e) { IsSyntax = true };
        }
    }
}
