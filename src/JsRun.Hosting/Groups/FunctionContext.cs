using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Isolates;
using JsRun.Engine.Native;
using JsRun.Engine.Operations;
using JsRun.Functions;
using JsRun.Scheduling;

namespace JsRun.Groups;

/// <summary>A context with a function's modules evaluated in it, or under way to that. Used on the isolate's thread only.</summary>
internal sealed class FunctionContext
{
    private readonly List<FunctionInvocation> _waiting = [];
    private static readonly Task<bool> Restored = Task.FromResult(true);

    private readonly Action<FunctionContext> _discard;

    public FunctionContext(V8Isolate isolate, EdgeFunctionDefinition definition, Action<FunctionContext> discard)
    {
        Definition = definition;
        _discard = discard;
        var index = definition.IsHardened ? NativeContexts.Default : isolate.Image?.IndexOf(definition.Graph) ?? NativeContexts.Default;
        V8 = isolate.CreateContext(definition.Context, index, isShared: definition.SharesContext);
        if (index != NativeContexts.Default)
        {
            // Evaluated when the image was built, which it is only of functions that handle requests.
            Tier = JsImageTier.Heap;
            Ready = Restored;
            return;
        }

        Tier = definition.IsHardened ? JsImageTier.Hardened : JsImageTier.Replay;
        var startup = new StartupOperation(definition.Name) { CpuLimit = definition.Limits.StartupTimeout };
        Ready = startup.Done;
        V8.Add(startup);
        startup.Ended = () =>
        {
            definition.Mistake = startup.Mistake;
            Ended();
        };
        try
        {
            if (V8.AddModules(startup, definition.Graph))
            {
                V8.Enter(startup, EntryOp.EvaluateModule, startup.Id, definition.Graph.EntryUrl);
            }
        }
        catch
        {
            isolate.DisposeContext(V8);
            throw;
        }
    }

    public EdgeFunctionDefinition Definition { get; }

    /// <summary>What it was made from.</summary>
    public JsImageTier Tier { get; }

    public V8Context V8 { get; }

    /// <summary>Whether the module handles requests; fails with what its top level threw.</summary>
    public Task<bool> Ready { get; }

    /// <summary>Whether something that ran in it after its top level had to be stopped.</summary>
    public bool WasInterrupted => (V8.IsLost || V8.Fate.IsInterrupted) && Ready.IsCompletedSuccessfully;

    /// <summary>Requests that run in it.</summary>
    public int Active { get; private set; }

    /// <summary>No new request comes: it goes with its last.</summary>
    public bool Retired { get; set; }

    /// <summary>Gives the context to a request: now, or when its top level has settled.</summary>
    public void Serve(FunctionInvocation invocation)
    {
        Active++;
        if (Ready.IsCompleted)
        {
            Begin(invocation);
        }
        else
        {
            _waiting.Add(invocation);
        }
    }

    /// <summary>A request has let go of it.</summary>
    public void Leave(FunctionInvocation invocation)
    {
        Active--;
        _waiting.Remove(invocation);
        if (!Definition.SharesContext || (Retired && Active == 0))
        {
            _discard(this);
        }
    }

    // The top level ends within an entry, so queued requests are posted and not run at once: the watchdog would take the end of a nested entry for the end of both.
    private void Ended()
    {
        foreach (var invocation in _waiting)
        {
            V8.Post(new ActionItem(() => Begin(invocation), ((IWorkItem)invocation).Drop));
        }

        _waiting.Clear();
    }

    private void Begin(FunctionInvocation invocation)
    {
        if (Ready.IsCompletedSuccessfully)
        {
            invocation.Begin(V8);
        }
        else
        {
            invocation.Fail(Ready.Exception?.InnerException ?? new JsTerminatedException("The function's top level was stopped."));
            invocation.Finish();
        }
    }
}
