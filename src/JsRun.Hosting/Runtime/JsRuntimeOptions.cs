using Microsoft.Extensions.Logging;

namespace JsRun;

/// <summary>How a runtime with an isolate of its own is made. What is not set comes from <see cref="JsRunOptions"/>.</summary>
public sealed class JsRuntimeOptions
{
    /// <summary>Which globals the code sees.</summary>
    /// <value>The default is <see cref="JsSurface.Full"/>.</value>
    public JsSurface Surface { get; set; } = JsSurface.Full;

    /// <summary>The most time that one evaluation may take on the wall clock.</summary>
    /// <value>The default is <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</value>
    public TimeSpan Timeout { get; set; } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>V8's heap, in bytes.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="JsRunLimitsOptions.MaxHeapBytes"/>.</value>
    public long? MaxHeapBytes { get; set; }

    /// <summary>Capabilities such as <c>net:api.example.com</c>.</summary>
    /// <value>Empty by default: no I/O.</value>
    public IList<string> Permissions { get; } = [];

    /// <summary>Where modules come from.</summary>
    /// <value>By default nothing can be imported.</value>
    public JsModuleOptions Modules { get; set; } = new();

    /// <summary>What the runtime's globals start from.</summary>
    /// <value>The default is <see langword="null"/>: nothing but what <see cref="Surface"/> shows.</value>
    public JsSnapshot? Snapshot { get; set; }

    /// <summary>Receives what the script writes to the console, on the isolate's thread.</summary>
    /// <value>The default is <see langword="null"/>: it goes to the logger <c>JsRun.Console</c>.</value>
    public Action<JsConsoleMessage>? Console { get; set; }

    /// <summary>Where the console is written to if <see cref="Console"/> is not set.</summary>
    /// <value>The default is <see langword="null"/>: the logger <c>JsRun.Console</c>.</value>
    public ILogger? ConsoleLogger { get; set; }

    /// <summary>Whether what is written to the console goes anywhere. The methods of <c>console</c> are there in any case.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool EnableConsole { get; set; } = true;

    /// <summary>The most that one evaluation may write to the console, in bytes of UTF-8; the rest is cut, and a message says so once.</summary>
    /// <value>The default is <see langword="null"/>: no limit.</value>
    public int? MaxConsoleBytes { get; set; }

    /// <summary>Receives errors that nobody caught: of timers, of event listeners.</summary>
    /// <value>The default is <see langword="null"/>: they are logged.</value>
    public Action<JavaScriptException>? UncaughtError { get; set; }
}
