using System.Text.Json;
using JsRun.Engine.Scripts;
using JsRun.Permissions;
using JsRun.Values;
using JsRun.Values.Json;
using JsRun.WebApi;
using JsRun.WebApi.Fetch;
using Microsoft.Extensions.Logging;

namespace JsRun.Engine.Contexts;

/// <summary>What the contexts of one function, or one runtime, have in common. Immutable.</summary>
internal sealed record ContextOptions
{
    /// <summary>JSON of <see cref="KernelSettings"/>.</summary>
    public required string Settings { get; init; }

    /// <summary>Gets whether the contexts are hardened, and each request has an instance of its function's modules.</summary>
    public bool IsHardened { get; init; }

    /// <summary>Gets whether the contexts remember their built-ins, so that they can tell what scripts have changed.</summary>
    public bool IsWatched { get; init; }

    public required PermissionSet Permissions { get; init; }

    /// <summary>The pool group; empty for the default one and for embedders' runtimes.</summary>
    public string Group { get; init; } = JsRunOptions.DefaultGroupName;

    /// <summary>On whose behalf its connections are made.</summary>
    public FetchCaller Caller => new(Permissions, Group, Shared.Lookups);

    /// <summary>What <c>env</c> holds beside strings, or <see langword="null"/>.</summary>
    public IReadOnlyDictionary<string, object?>? Bindings { get; init; }

    /// <summary>Gets whether scripts see the messages of exceptions that were not written for them.</summary>
    public bool ExposeHostErrors { get; init; }

    /// <summary>Told of calls that are refused.</summary>
    public Action<JsPermissionDenial>? PermissionDenied { get; init; }

    public required JsRunLimitsOptions Limits { get; init; }

    /// <summary>What it shares with the other contexts of its pool group.</summary>
    public required GroupState Shared { get; init; }

    /// <summary>The console of one request, in bytes of UTF-8; no limit where the embedder reads it.</summary>
    public int MaxConsoleBytes { get; init; } = int.MaxValue;

    /// <summary>The destination of the console.</summary>
    public required ILogger ConsoleLogger { get; init; }

    public Action<JsConsoleMessage>? Console { get; init; }

    public Action<JavaScriptException>? UncaughtError { get; init; }

    /// <summary>The limits of values that cross.</summary>
    public ValueLimits ValueLimits { get; init; } = ValueLimits.Default;

    /// <summary>The contracts of objects that cross.</summary>
    public JsonSerializerOptions Json { get; init; } = JsonSettings.Default;

    /// <summary>Loads what a dynamic import asks for at run time, or <see langword="null"/> where nothing may be loaded.</summary>
    public IModuleSource? Modules { get; init; }
}
