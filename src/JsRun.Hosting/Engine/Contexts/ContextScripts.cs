using JsRun.Engine.Isolates;
using JsRun.Engine.Scripts;
using Microsoft.ClearScript;

namespace JsRun.Engine.Contexts;

/// <summary>The scripts that a context runs. On the isolate's thread.</summary>
internal sealed class ContextScripts(V8Isolate isolate, ContextEngine engine)
{
    /// <summary>Evaluates a script that runs nothing of the user's: a function expression.</summary>
    public object Evaluate(ScriptSource function) => engine.Evaluate(isolate.Scripts.Get(function));

    /// <summary>
    /// Runs a whole script that the kernel made, from within an entry. What it throws is the kernel's own: nothing of user code's leaves V8 here either.
    /// </summary>
    /// <returns>Why V8 refused it, or <see langword="null"/>; what stopped it the kernel knows.</returns>
    public string? Run(string script, string fileName)
    {
        try
        {
            engine.Execute(new DocumentInfo(fileName), script);
            return null;
        }
        catch (ScriptEngineException e) when (!e.IsFatal)
        {
            return e.Message;
        }
        catch (Exception e) when (e is ScriptInterruptedException or ScriptEngineException)
        {
            // The entry is about to end by it.
            return null;
        }
    }

    /// <summary>Plans a script, from within an entry.</summary>
    /// <inheritdoc cref="ScriptPlanner.Plan" path="/param"/>
    /// <inheritdoc cref="ScriptPlanner.Plan" path="/returns"/>
    public string? Plan(string code, bool mayAwait) => Ask(planner => planner.Plan(code, mayAwait));

    /// <summary>Finds the mistake in a script, from within an entry.</summary>
    /// <inheritdoc cref="ScriptPlanner.FindMistake" path="/param"/>
    /// <inheritdoc cref="ScriptPlanner.FindMistake" path="/returns"/>
    public string? FindMistake(string code, bool mayAwait, string message, bool declares) =>
        Ask(planner => planner.FindMistake(code, mayAwait, message, declares));

    private string? Ask(Func<ScriptPlanner, string?> ask)
    {
        try
        {
            return ask(isolate.Engines.Planner);
        }
        catch (Exception e) when (e is ScriptInterruptedException or ScriptEngineException { IsFatal: true })
        {
            // The entry is about to end by it.
            return null;
        }
    }
}
