using System.Text.Json;

namespace JsRun;

/// <summary>The options that created runtimes (<see cref="JsRuntimeOptions"/>) and rented runtimes (<see cref="JsRentOptions"/>) have in common: their globals, their modules, how values cross, and whom they tell what.</summary>
/// <remarks>Read when the runtime is created; later changes have no effect. Not thread-safe while it is being filled.</remarks>
public abstract class JsContextOptions
{
    private protected JsContextOptions()
    {
    }

    /// <summary>Gets or sets the globals that the code sees. Default: <see cref="JsSurface.Full"/>.</summary>
    /// <value>The default is <see cref="JsSurface.Full"/>.</value>
    public JsSurface Surface { get; set; } = JsSurface.Full;

    /// <summary>Gets or sets the maximum nesting depth of a value that is converted between .NET and JavaScript. From 1 to 1000, default 100.</summary>
    /// <value>The default is 100; from 1 to 1000.</value>
    public int MaxConversionDepth { get; set; } = 100;

    /// <summary>Gets or sets the maximum size of a value that is converted between .NET and JavaScript, in bytes: of text in UTF-8, of buffers, and some for each number and entry.</summary>
    /// <value>The default is 10 MiB; from 1 byte to 512 MiB.</value>
    public long MaxConversionBytes { get; set; } = 10 << 20;

    /// <summary>The contracts by which objects of .NET cross: naming, converters, generated contexts (<c>TypeInfoResolver</c>).</summary>
    /// <value>The default is <see langword="null"/>: those of the web, by reflection, with camel-cased names.</value>
    public JsonSerializerOptions? JsonOptions { get; set; }

    /// <summary>Gets or sets the options for modules. By default nothing can be imported.</summary>
    /// <value>By default nothing can be imported.</value>
    public JsModuleOptions Modules { get; set; } = new();

    /// <summary>Told of calls that are refused because their permission was not granted, on the isolate's thread. They are logged by <c>JsRun.Audit</c> as well.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public Action<JsPermissionDenial>? OnPermissionDenied { get; set; }

    /// <summary>
    /// Gets or sets a value that indicates whether scripts see the messages of exceptions that host functions throw and that were not written for them, that is of all but <see cref="JsHostException"/>, <see cref="JsPermissionException"/> and
    /// <see cref="JsConversionException"/>. The caller of the script gets the exception itself either way.
    /// </summary>
    /// <value>The default is <see langword="false"/>: scripts see the type's name as <c>code</c>, and which function failed.</value>
    public bool ExposeHostErrors { get; set; }

    /// <summary>Gets or sets where the script's console is written to, and how much of it.</summary>
    /// <value>By default the logger <c>JsRun.Console</c> receives it, without a limit.</value>
    public JsConsoleOptions Console { get; set; } = new();

    /// <summary>Receives errors that nobody caught: of timers, of event listeners.</summary>
    /// <value>The default is <see langword="null"/>: they are logged.</value>
    public Action<JavaScriptException>? OnUncaughtError { get; set; }
}
