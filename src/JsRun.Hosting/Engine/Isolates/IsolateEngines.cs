using JsRun.Engine.Native;
using JsRun.Engine.Scripts;
using Microsoft.ClearScript.V8;

namespace JsRun.Engine.Isolates;

/// <summary>
/// The engines of ClearScript's through which an isolate runs JavaScript: one for all of its contexts where the native layer makes those, else one for each. On the isolate's thread, except
/// <see cref="Interrupt"/>.
/// </summary>
internal sealed class IsolateEngines(V8Runtime runtime, NativeIsolate? native, IsolateSettings settings, NativeCapabilities capabilities, ScriptCache scripts) : IDisposable
{
    private HomeEngine? _home;
    private V8ScriptEngine? _bare;
    private ScriptPlanner? _planner;

    /// <summary>What plans the classic scripts of the isolate's contexts.</summary>
    public ScriptPlanner Planner => _planner ??= CreatePlanner();

    /// <summary>The engine that makes contexts without one, or <see langword="null"/> without the native layer.</summary>
    public HomeEngine? Home => native is not null && capabilities is { LightContexts: true, ContextQueues: true } ? _home ??= new HomeEngine(runtime, native) : null;

    /// <param name="index">Which of the image's contexts it is for; without an image there is only the default.</param>
    public ContextEngine CreateFor(int index) =>
        // Where one context is all there will be, a second one for the engine would cost more than it saves.
        native is not null && capabilities is { LightContexts: true, ContextQueues: true } && !settings.SurvivesInterrupts
            ? Home!.CreateContext(index)
            : CreateOwn(index);

    /// <summary>Makes the engine that stands for an isolate without contexts: without the web layer, for the compiler.</summary>
    public V8ScriptEngine CreateBare() => _bare = CreateEngine();

    /// <summary>Has V8 end what runs, where no context can be asked to. From any thread, while something runs.</summary>
    public void Interrupt()
    {
        _home?.Own.Interrupt();
        _bare?.Interrupt();
    }

    public void Dispose()
    {
        _planner?.Dispose();
        _home?.Dispose();
        _bare?.Dispose();
    }

    private V8ScriptEngine CreateEngine() => runtime.CreateScriptEngine(ContextEngine.Flags);

    private ContextEngine CreateOwn(int index)
    {
        using var scope = capabilities.Any ? NativeContexts.At(index, capabilities.ContextQueues) : null;
        return new ContextEngine(CreateEngine(), scope?.Context, isHome: false);
    }

    private ScriptPlanner CreatePlanner()
    {
        if (_home is { } home)
        {
            return new ScriptPlanner(home.Own, scripts, ownsEngine: false);
        }

        var engine = CreateOwn(NativeContexts.Plain);
        try
        {
            return new ScriptPlanner(engine, scripts, ownsEngine: true);
        }
        catch
        {
            // It was interrupted, or the heap is exhausted: the next script tries anew.
            engine.Dispose();
            throw;
        }
    }
}
