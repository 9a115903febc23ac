using JsRun.Engine.Native;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;
using Microsoft.ClearScript.V8.FastProxy;

namespace JsRun.Engine.Isolates;

/// <summary>
/// The one engine of an isolate whose contexts have none of their own: ClearScript takes longer to make an engine than V8 to restore a context. It makes the contexts, runs scripts in them and calls
/// their functions; no user code ever runs in its own context. On the isolate's thread.
/// </summary>
internal sealed class HomeEngine : IDisposable
{
    private readonly V8ScriptEngine _engine;
    private readonly NativeIsolate _isolate;
    private readonly ScriptObject _run;
    private Action? _action;
    private Exception? _error;

    public HomeEngine(V8Runtime runtime, NativeIsolate isolate)
    {
        using (var scope = NativeContexts.At(NativeContexts.Plain, ownQueue: true))
        {
            _engine = runtime.CreateScriptEngine(ContextEngine.Flags);
            Own = new ContextEngine(_engine, scope.Context ?? throw new NativeLayerException("the hook of Context::New was not called"), isHome: false);
        }

        _isolate = isolate;
        // From within a call of the host's: V8 is locked and entered there.
        using var wrap = (ScriptObject)_engine.Evaluate("(run) => () => run()");
        _run = (ScriptObject)wrap.Invoke(false, new V8FastHostFunction("run", 0, (bool _, in V8FastArgs _, in V8FastResult result) =>
        {
            var action = _action;
            _action = null;
            try
            {
                action?.Invoke();
            }
            catch (Exception e)
            {
                _error = e;
            }

            result.SetUndefined();
        }));
    }

    /// <summary>The engine in its own context, where the isolate has to be spoken to and there is no other.</summary>
    public ContextEngine Own { get; }

    /// <summary>Makes a context: V8 keeps it until <see cref="NativeContext.LetGo"/>.</summary>
    public ContextEngine CreateContext(int index)
    {
        NativeContext? created = null;
        Enter(() => created = NativeContexts.New(_isolate, index));
        return new ContextEngine(_engine, created ?? throw new NativeLayerException("no context was made"), isHome: true);
    }

    /// <summary>Calls the action with the isolate entered.</summary>
    /// <exception cref="NativeLayerException">It threw.</exception>
    public void Enter(Action action)
    {
        (_action, _error) = (action, null);
        _run.Invoke(false);
        if (_error is { } error)
        {
            _error = null;
            throw new NativeLayerException(error.Message);
        }
    }

    public void Dispose()
    {
        _run.Dispose();
        Own.Dispose();
    }
}
