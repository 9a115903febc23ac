using System.Runtime.InteropServices;
using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native.Inspection;

/// <summary>
/// V8's inspector of one isolate: contexts that debuggers see, sessions, and what V8 does while it is paused. All members with the isolate entered, on its thread. It is deleted before the isolate is.
/// </summary>
internal sealed unsafe class NativeInspector : IDisposable
{
    // Several are made and go away when a function is deployed.
    private const int MostRetired = 8;
    private const int Group = 1;
    private const int FullyTrusted = 1;
    private const int NotWaiting = 1;
    private const int RunOnPause = 2;
    private const int QuitOnPause = 4;
    private const int RunIfWaiting = 5;
    private const int DefaultContext = 14;
    private const int CurrentTime = 26;

    private readonly V8Inspection _v8;
    private readonly V8Isolates _isolates;
    private readonly Queue<GlobalHandle> _retired = new();
    private readonly IInspectorHost _host;
    private readonly Func<ContextHandle> _defaultContext;
    private readonly ClientObject _client;
    private readonly InspectorPtr _inspector;

    public NativeInspector(V8Api v8, IsolatePtr isolate, IInspectorHost host, Func<ContextHandle> defaultContext)
    {
        _v8 = v8.Inspection;
        _isolates = v8.Isolates;
        _host = host;
        _defaultContext = defaultContext;
        var functions = (OpaquePtr[])_v8.Defaults.Clone();
        functions[RunOnPause] = new((nint)(delegate* unmanaged<byte*, int, void>)&OnPause);
        functions[QuitOnPause] = new((nint)(delegate* unmanaged<byte*, void>)&OnQuitPause);
        functions[RunIfWaiting] = new((nint)(delegate* unmanaged<byte*, int, void>)&OnRunIfWaiting);
        functions[DefaultContext] = new((nint)(delegate* unmanaged<byte*, int, ContextHandle>)&OnDefaultContext);
        functions[CurrentTime] = new((nint)(delegate* unmanaged<byte*, double>)&OnCurrentTime);
        _client = new ClientObject(functions, this);
        InspectorPtr inspector;
        _v8.Create(&inspector, isolate, _client.Address);
        _inspector = inspector;
    }

    /// <summary>Debuggers are told of the context.</summary>
    public void AddContext(ContextHandle context, string name)
    {
        fixed (char* characters = name)
        {
            var info = new InspectorContextInfo(context, Group, new InspectorText(characters, name.Length));
            _v8.ContextCreated(_inspector, &info);
        }
    }

    /// <summary>
    /// Nobody enters the context any more. V8 shows a script to debuggers that come later only as long as it knows the context that has run it last, so the latest contexts are kept.
    /// </summary>
    /// <param name="context">It, for this object to dispose of.</param>
    public void RetireContext(GlobalHandle context)
    {
        _retired.Enqueue(context);
        if (_retired.Count > MostRetired)
        {
            var last = _retired.Dequeue();
            _v8.ContextDestroyed(_inspector, last.AsContext);
            _isolates.DisposeGlobal(last);
        }
    }

    /// <summary>Connects a debugger.</summary>
    /// <param name="send">Called with each message of V8's: JSON of the Chrome DevTools protocol.</param>
    public NativeInspectorSession Connect(Action<string> send)
    {
        var session = new NativeInspectorSession(_v8, send);
        InspectorSessionPtr handle;
        _v8.Connect(&handle, _inspector, Group, session.Channel, default, FullyTrusted, NotWaiting);
        session.Attach(handle);
        return session;
    }

    /// <summary>After its sessions.</summary>
    public void Dispose()
    {
        while (_retired.TryDequeue(out var context))
        {
            _isolates.DisposeGlobal(context);
        }

        _v8.Delete(_inspector);
        _client.Dispose();
    }

    [UnmanagedCallersOnly]
    private static void OnPause(byte* client, int group)
    {
        try
        {
            ClientObject.Find<NativeInspector>(client)._host.RunWhilePaused();
        }
        catch (Exception e)
        {
            // V8 goes on with the script.
            NativeBoundary.Ignore("v8_inspector::V8InspectorClient::runMessageLoopOnPause", e);
        }
    }

    [UnmanagedCallersOnly]
    private static void OnQuitPause(byte* client)
    {
        try
        {
            ClientObject.Find<NativeInspector>(client)._host.EndPause();
        }
        catch (Exception e)
        {
            throw NativeBoundary.Fail("v8_inspector::V8InspectorClient::quitMessageLoopOnPause", e);
        }
    }

    [UnmanagedCallersOnly]
    private static void OnRunIfWaiting(byte* client, int group)
    {
        try
        {
            ClientObject.Find<NativeInspector>(client)._host.EndWait();
        }
        catch (Exception e)
        {
            throw NativeBoundary.Fail("v8_inspector::V8InspectorClient::runIfWaitingForDebugger", e);
        }
    }

    [UnmanagedCallersOnly]
    private static ContextHandle OnDefaultContext(byte* client, int group)
    {
        try
        {
            return ClientObject.Find<NativeInspector>(client)._defaultContext();
        }
        catch (Exception e)
        {
            // The debugger is told that there is no context.
            NativeBoundary.Ignore("v8_inspector::V8InspectorClient::ensureDefaultContextInGroup", e);
            return default;
        }
    }

    [UnmanagedCallersOnly]
    private static double OnCurrentTime(byte* client)
    {
        try
        {
            return (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
        }
        catch (Exception e)
        {
            throw NativeBoundary.Fail("v8_inspector::V8InspectorClient::currentTimeMS", e);
        }
    }
}
