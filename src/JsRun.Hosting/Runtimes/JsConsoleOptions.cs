using Microsoft.Extensions.Logging;

namespace JsRun;

/// <summary>Options for the messages of a script's <c>console</c>: their destination, and a limit.</summary>
/// <remarks>Read when the runtime is created; later changes have no effect. Not thread-safe while it is being filled.</remarks>
public sealed class JsConsoleOptions
{
    /// <summary>Gets or sets whether messages are written anywhere. The methods of <c>console</c> exist in any case.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool IsEnabled { get; set; } = true;

    /// <summary>Gets or sets the callback that receives each message, on the isolate's thread.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="Logger"/> receives the messages.</value>
    public Action<JsConsoleMessage>? OnMessage { get; set; }

    /// <summary>Gets or sets the logger that receives the messages if <see cref="OnMessage"/> is not set.</summary>
    /// <value>The default is <see langword="null"/>: the logger <c>JsRun.Console</c>.</value>
    public ILogger? Logger { get; set; }

    /// <summary>Gets or sets the largest number of bytes of UTF-8 that one evaluation may write; the rest is dropped, and one message says so.</summary>
    /// <value>The default is <see langword="null"/>: no limit.</value>
    public int? MaxBytes { get; set; }
}
