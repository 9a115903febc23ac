using System.Globalization;
using JsRun.Diagnostics;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Modules.Compilation;

namespace JsRun.Functions;

/// <summary>
/// Decides from what the requests of one version are served. The first ones have contexts of their own, which are compared with what they were before; then come instances in hardened contexts, until
/// an error shows that the function changes a built-in after all. Thread-safe.
/// </summary>
internal sealed class HardeningTrial
{
    /// <summary>The number of requests that must have changed no built-in before others are served from hardened contexts: docs/adr/0019.</summary>
    public const int Requests = 4;

    // Code in a restored context is cold: a request pays for that, too.
    private const int MostRestores = 2;

    private readonly Lock _lock = new();
    private readonly GlobalScope _scope;
    private readonly EdgeFunctionDefinition _watched;
    private readonly EdgeFunctionDefinition _hardened;
    private readonly EdgeFunctionDefinition _ordinary;
    private int _unchanged;
    private bool _isHardened;
    private bool _isOver;
    private bool _hasPlace;

    /// <param name="watched">The version in contexts of its own, which are compared.</param>
    /// <param name="hardened">The version in hardened contexts.</param>
    /// <param name="ordinary">The version in contexts of its own, or from a heap image.</param>
    /// <param name="scope">How the names of globals were compiled for hardened contexts.</param>
    /// <param name="skipsFirst">Whether the application asked for hardened contexts by name: the first requests are served from them, too.</param>
    public HardeningTrial(EdgeFunctionDefinition watched, EdgeFunctionDefinition hardened, EdgeFunctionDefinition ordinary, GlobalScope scope, bool skipsFirst)
    {
        _scope = scope;
        _ordinary = ordinary;
        _hardened = hardened;
        _watched = watched;
        hardened.Trial = watched.Trial = this;
        _isHardened = skipsFirst;
    }

    /// <summary>Gets the definition that serves first.</summary>
    public EdgeFunctionDefinition First => _isHardened ? _hardened : _watched;

    /// <summary>Gets how long the top level takes, which is what a request costs in a hardened context beside itself.</summary>
    public TimeSpan TopLevel { get; init; }

    /// <summary>Gets what finds how long it takes to restore a context from a heap image; <see langword="null"/> where that is not known.</summary>
    public Func<TimeSpan?> Restore { get; init; } = static () => null;

    /// <summary>Gets how many functions of the group may be served from hardened contexts.</summary>
    public HardenedPlaces Places { get; init; } = new(long.MaxValue);

    /// <summary>Gets or sets what has the second definition serve in place of the first.</summary>
    public Action<EdgeFunctionDefinition, EdgeFunctionDefinition> Replace { get; set; } = static (_, _) => { };

    /// <summary>Gets what <c>/_jsrun</c> says while the first requests are watched.</summary>
    public string Reason => $"Its first {Requests} requests have contexts of their own, which are compared with what they were before: {Volatile.Read(ref _unchanged)} have changed no built-in.";

    /// <summary>One of the first requests has ended, and its context has been compared.</summary>
    /// <param name="changes">What the request has changed; <see langword="null"/> if that is not known.</param>
    public void Compared(BuiltinChanges? changes)
    {
        EdgeFunctionDefinition next;
        lock (_lock)
        {
            if (changes is null || _isHardened || _isOver)
            {
                return;
            }

            if (changes.Property.Length > 0)
            {
                next = End($"It cannot be served from a hardened context: a request changes {LogText.Escape(changes.Property)}.");
            }
            else if (changes.Scope > _scope)
            {
                next = End("It cannot be served from a hardened context: a request changes properties of the global object that its top level does not change.");
            }
            else if (++_unchanged < Requests)
            {
                return;
            }
            else if (Restore() is { } restore && TopLevel > MostRestores * restore)
            {
                next = End(string.Create(CultureInfo.InvariantCulture, $"A hardened context would be slower: its top level takes {TopLevel.TotalMilliseconds:0.0} ms, and to restore a context takes {restore.TotalMilliseconds:0.0} ms."));
            }
            else if (!Places.TryTake())
            {
                next = End(Places.Reason);
            }
            else
            {
                _hasPlace = _isHardened = true;
                next = _hardened;
            }
        }

        Replace(_watched, next);
    }

    /// <summary>A handler has failed. If that was in a hardened context, and a built-in that is frozen may be the cause, the function is served from contexts of its own from now on.</summary>
    public void Failed(ScriptError error)
    {
        if (!FrozenObject.IsCauseOf(error))
        {
            return;
        }

        EdgeFunctionDefinition next;
        lock (_lock)
        {
            if (!_isHardened || _isOver)
            {
                return;
            }

            next = End($"It cannot be served from a hardened context: a request failed there ({LogText.Escape(error.Message)}).");
        }

        Replace(_hardened, next);
    }

    /// <summary>The version is served from hardened contexts no longer.</summary>
    public void Retire()
    {
        lock (_lock)
        {
            _isOver = true;
            if (_hasPlace)
            {
                _hasPlace = false;
                Places.Free();
            }
        }
    }

    private EdgeFunctionDefinition End(string reason)
    {
        _isOver = true;
        return _ordinary with { NotHardened = reason };
    }
}
