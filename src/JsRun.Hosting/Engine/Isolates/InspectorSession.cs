using System.Globalization;
using System.Text.Json;
using JsRun.Engine.Native.Inspection;
using Microsoft.Extensions.Logging;

namespace JsRun.Engine.Isolates;

/// <summary>A debugger's session with an isolate. Thread-safe, except <see cref="Native"/> and <see cref="TellConsole"/>.</summary>
internal sealed class InspectorSession(IsolateInspector inspector, Action<string> send, Action ended) : IDisposable
{
    private bool _wantsConsole;

    /// <summary>Gets or sets V8's half, once it is connected. On the isolate's thread.</summary>
    public NativeInspectorSession? Native { get; set; }

    /// <summary>Gives V8 a message of the Chrome DevTools protocol.</summary>
    public void Send(string message) => inspector.Do(() =>
    {
        _wantsConsole |= message.Contains("\"Runtime.enable\"", StringComparison.Ordinal);
        Native?.Dispatch(message);
    });

    /// <summary>Tells the debugger what a script has written to its console, which is not V8's. On the isolate's thread.</summary>
    public void TellConsole(LogLevel level, string text)
    {
        if (!_wantsConsole)
        {
            return;
        }

        var type = level switch
        {
            LogLevel.Error or LogLevel.Critical => "error",
            LogLevel.Warning => "warning",
            LogLevel.Debug or LogLevel.Trace => "debug",
            LogLevel.Information => "info",
            _ => "log",
        };
        var time = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture);
        // The context that was made first is the isolate's own, which lives as long.
        send($$$"""{"method":"Runtime.consoleAPICalled","params":{"type":"{{{type}}}","args":[{"type":"string","value":"{{{JsonEncodedText.Encode(text)}}}"}],"executionContextId":1,"timestamp":{{{time}}}}}""");
    }

    /// <summary>The isolate has ended.</summary>
    public void Ended() => ended();

    /// <summary>Ends the session: what it has paused goes on.</summary>
    public void Dispose() => inspector.Do(() => inspector.Remove(this));
}
