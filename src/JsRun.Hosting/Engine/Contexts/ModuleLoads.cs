using JsRun.Modules;

namespace JsRun.Engine.Contexts;

/// <summary>The dynamic imports of a context that the host is asked for. On the isolate's thread, unless said otherwise.</summary>
internal sealed class ModuleLoads(V8Context context)
{
    /// <summary>The number of loads that may wait; the next one is refused.</summary>
    private const int MostWaiting = 1000;

    private readonly Queue<ModuleLoad> _waiting = new();
    private bool _loading;

    /// <summary>Loads that have begun, or wait for their turn. May be read from any thread.</summary>
    public int Count { get; private set; }

    /// <summary>The modules that earlier loads have brought. Read while a load is under way, and changed between loads only.</summary>
    public HashSet<(string Url, string? Type)> Known { get; } = [];

    public void Start(int call, string specifier, string referrer, string? type)
    {
        if (context.Current is not { } operation)
        {
            return;
        }

        var load = new ModuleLoad(context, operation, call, new ModuleRequest(specifier, 1, 1) { Type = type }, referrer);
        Count++;
        if (context.Options.Modules is not { OneAtATime: true })
        {
            load.Start();
        }
        else if (!_loading)
        {
            _loading = true;
            load.Start();
        }
        else if (_waiting.Count == MostWaiting)
        {
            load.Refuse(new JsModuleException($"Cannot import '{specifier}': {MostWaiting} imports wait already. Await some of them first."));
        }
        else
        {
            _waiting.Enqueue(load);
        }
    }

    /// <summary>A load has come back, and what it brought is in the context.</summary>
    public void End(ModuleLoad load)
    {
        Count--;
        if (load.IsRefused || !_loading)
        {
            return;
        }

        if (context.IsOpen && _waiting.TryDequeue(out var next))
        {
            next.Start();
        }
        else
        {
            _loading = false;
        }
    }
}
