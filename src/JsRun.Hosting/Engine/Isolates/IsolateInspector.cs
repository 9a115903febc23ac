using System.Collections.Concurrent;
using JsRun.Engine.Native;
using JsRun.Engine.Native.Inspection;
using JsRun.Engine.Operations;
using JsRun.Limits;
using JsRun.Scheduling;
using Microsoft.Extensions.Logging;

namespace JsRun.Engine.Isolates;

/// <summary>
/// The debuggers of one isolate. Their messages come from any thread and are taken on the isolate's own: between two turns, where a running script checks for interrupts, or while the script is paused.
/// </summary>
internal sealed class IsolateInspector : IInspectorHost
{
    private readonly V8Isolate _isolate;
    private readonly NativeIsolate _native;
    private readonly HomeEngine _home;
    private readonly WatchSlot _slot;
    private readonly ConcurrentQueue<Action> _waiting = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Lock _lock = new();
    private readonly List<InspectorSession> _sessions = [];
    private NativeInspector? _inspector;
    private bool _resumes;
    private volatile bool _closed;
    private bool _ended;

    /// <summary>On the isolate's thread, before it has other contexts than its home's.</summary>
    public IsolateInspector(V8Isolate isolate, NativeIsolate native, HomeEngine home, WatchSlot slot)
    {
        (_isolate, _native, _home, _slot) = (isolate, native, home, slot);
        native.Inspection = TakeMessages;
        home.Enter(() =>
        {
            _inspector = new NativeInspector(native.V8, native.Handle, this, native.FindLastContext);
            // Scripts are compiled in the home's own context, and belong to it for debuggers.
            _inspector.AddContext(home.Own.Native!.Local, "JsRun");
            native.Inspector = _inspector;
        });
    }

    /// <summary>Connects a debugger. From any thread.</summary>
    /// <param name="send">Called on the isolate's thread with each message for the debugger.</param>
    /// <param name="ended">Called on any thread when the isolate ends.</param>
    public InspectorSession Connect(Action<string> send, Action ended)
    {
        var session = new InspectorSession(this, send, ended);
        Do(() =>
        {
            _sessions.Add(session);
            session.Native = _inspector!.Connect(send);
        });
        return session;
    }

    /// <summary>Has the debuggers' sessions end, and what is paused go on. From any thread.</summary>
    public void Close()
    {
        _closed = true;
        _arrived.Release();
    }

    /// <summary>Does something for a debugger as soon as that is possible. From any thread.</summary>
    public void Do(Action action)
    {
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            _waiting.Enqueue(action);
            _arrived.Release();
            _isolate.Post(new ActionItem(RunBetweenTurns));
            if (_isolate.Entries.IsActive)
            {
                _native.RequestInspection();
            }
        }
    }

    /// <summary>A debugger leaves. On the isolate's thread, with the isolate entered.</summary>
    public void Remove(InspectorSession session)
    {
        _sessions.Remove(session);
        session.Native?.Dispose();
        session.Native = null;
    }

    /// <summary>A script has written to its console. On the isolate's thread.</summary>
    public void TellConsole(LogLevel level, string text)
    {
        foreach (var session in _sessions)
        {
            session.TellConsole(level, text);
        }
    }

    /// <summary>The isolate ends. On its thread, before V8 frees it.</summary>
    public void End()
    {
        lock (_lock)
        {
            _ended = true;
        }

        _waiting.Clear();
        _native.Inspection = null;
        _native.Inspector = null;
        _home.Enter(() =>
        {
            foreach (var session in _sessions.ToArray())
            {
                Remove(session);
                session.Ended();
            }

            _inspector?.Dispose();
        });
    }

    void IInspectorHost.RunWhilePaused()
    {
        var outer = _resumes;
        _resumes = false;
        _slot.Hold();
        try
        {
            while (true)
            {
                TakeMessages();
                if (_resumes || _closed)
                {
                    break;
                }

                _arrived.Wait();
            }
        }
        finally
        {
            _slot.LetGo();
            _resumes = outer;
        }
    }

    void IInspectorHost.EndPause() => _resumes = true;

    void IInspectorHost.EndWait()
    {
    }

    private void RunBetweenTurns()
    {
        if (_waiting.IsEmpty || _isolate.IsLost)
        {
            return;
        }

        // Under the watchdog's eye, so that an evaluation that does not end can be interrupted when the isolate ends.
        _isolate.Entries.Guard(new LeftoverOperation("a debugger"), () =>
        {
            _home.Enter(TakeMessages);
            return true;
        });
        _isolate.RunMicrotasks();
    }

    private void TakeMessages()
    {
        while (_waiting.TryDequeue(out var action))
        {
            action();
        }
    }
}
