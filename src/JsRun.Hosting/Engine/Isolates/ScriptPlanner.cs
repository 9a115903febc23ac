using JsRun.Engine.Scripts;
using Microsoft.ClearScript;

namespace JsRun.Engine.Isolates;

/// <summary>
/// Plans classic scripts that declare something (<c>JavaScript/src/scripts/planner.ts</c>), in a context in which no user code ever runs: what it plans V8 runs as a whole script, and what that
/// threw would leave V8. One for all contexts of an isolate, on its thread.
/// </summary>
internal sealed class ScriptPlanner : IDisposable
{
    private readonly ContextEngine _engine;
    private readonly ScriptCache _scripts;
    private readonly bool _ownsEngine;
    private readonly ScriptObject _plan;

    /// <param name="engine">An engine without the web layer.</param>
    /// <param name="scripts">The isolate's compiled scripts.</param>
    /// <param name="ownsEngine">Whether the engine ends with it.</param>
    public ScriptPlanner(ContextEngine engine, ScriptCache scripts, bool ownsEngine)
    {
        _engine = engine;
        _scripts = scripts;
        _ownsEngine = ownsEngine;
        _plan = (ScriptObject)engine.Evaluate(scripts.Get(Bundles.Planner));
    }

    /// <param name="code">A script, which is data here.</param>
    /// <param name="mayAwait">Whether <c>await</c> may stand at its top level.</param>
    /// <returns>Its plan, or <see langword="null"/> where it is evaluated as it is.</returns>
    /// <exception cref="ScriptInterruptedException">The entry that asked is being ended.</exception>
    public string? Plan(string code, bool mayAwait)
    {
        var plan = _engine.Invoke(_plan, code, mayAwait) as string;
        if (Bundles.Planner.Cache is null)
        {
            // It has run: what it compiled goes to the next isolates.
            _scripts.TakeCodeCache(Bundles.Planner);
        }

        return plan;
    }

    /// <param name="code">A script, which is data here.</param>
    /// <param name="mayAwait">Whether <c>await</c> may stand at its top level.</param>
    /// <param name="message">V8's message.</param>
    /// <param name="declares">Whether V8 took the text, and refused what it declares.</param>
    /// <returns>What is wrong with its text, and its place, as JSON; <see langword="null"/> if that is not found.</returns>
    /// <exception cref="ScriptInterruptedException">The entry that asked is being ended.</exception>
    public string? FindMistake(string code, bool mayAwait, string message, bool declares) => _engine.Invoke(_plan, code, mayAwait, message, declares) as string;

    public void Dispose()
    {
        _plan.Dispose();
        if (_ownsEngine)
        {
            _engine.Dispose();
        }
    }
}
