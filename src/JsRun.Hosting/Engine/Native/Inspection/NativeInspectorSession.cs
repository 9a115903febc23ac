using System.Runtime.InteropServices;
using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native.Inspection;

/// <summary>One debugger's session with V8. All members with the isolate entered, on its thread.</summary>
internal sealed unsafe class NativeInspectorSession : IDisposable
{
    private readonly V8Inspection _v8;
    private readonly Action<string> _send;
    private readonly ClientObject _channel;
    private InspectorSessionPtr _handle;
    private int _depth;
    private bool _disposed;

    public NativeInspectorSession(V8Inspection v8, Action<string> send)
    {
        _v8 = v8;
        _send = send;
        _channel = new ClientObject(
            [
                v8.Nothing, v8.Nothing,
                new OpaquePtr((nint)(delegate* unmanaged<byte*, int, byte**, void>)&OnResponse),
                new OpaquePtr((nint)(delegate* unmanaged<byte*, byte**, void>)&OnNotification),
                v8.Nothing,
            ],
            this);
    }

    /// <summary>The channel through which V8 answers.</summary>
    public byte* Channel => _channel.Address;

    /// <summary>V8 has connected the channel.</summary>
    public void Attach(InspectorSessionPtr handle) => _handle = handle;

    /// <summary>Gives V8 a message of the debugger's.</summary>
    public void Dispatch(string message)
    {
        if (_disposed)
        {
            return;
        }

        _depth++;
        fixed (char* characters = message)
        {
            _v8.Dispatch(_handle, new InspectorText(characters, message.Length));
        }

        if (--_depth == 0 && _disposed)
        {
            Delete();
        }
    }

    /// <summary>Ends the session. If it is in the midst of a message, V8 keeps it until that has been answered.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        if (_depth == 0)
        {
            _disposed = true;
            Delete();
            return;
        }

        // A script that its message has begun is paused.
        Dispatch("""{"id":0,"method":"Debugger.disable"}""");
        _disposed = true;
    }

    private void Delete()
    {
        _v8.DeleteSession(_handle);
        _channel.Dispose();
    }

    // unique_ptr<StringBuffer>, by reference: V8 deletes it. Its third virtual function returns the text, by reference.
    private static string Read(byte** buffer)
    {
        const int text = 2;
        InspectorText view;
        ((delegate* unmanaged<InspectorText*, byte*, InspectorText*>)(*(byte***)*buffer)[text])(&view, *buffer);
        return view.ToString();
    }

    [UnmanagedCallersOnly]
    private static void OnResponse(byte* channel, int call, byte** buffer)
    {
        try
        {
            Send(channel, buffer);
        }
        catch (Exception e)
        {
            // The debugger misses a message.
            NativeBoundary.Ignore("v8_inspector::V8Inspector::Channel::sendResponse", e);
        }
    }

    [UnmanagedCallersOnly]
    private static void OnNotification(byte* channel, byte** buffer)
    {
        try
        {
            Send(channel, buffer);
        }
        catch (Exception e)
        {
            // The debugger misses a message.
            NativeBoundary.Ignore("v8_inspector::V8Inspector::Channel::sendNotification", e);
        }
    }

    private static void Send(byte* channel, byte** buffer)
    {
        var session = ClientObject.Find<NativeInspectorSession>(channel);
        if (!session._disposed)
        {
            session._send(Read(buffer));
        }
    }
}
