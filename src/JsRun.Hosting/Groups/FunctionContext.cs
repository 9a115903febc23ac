using System.Diagnostics;
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

    // A top level that took no longer the first time, when its code had to be compiled, is cheap.
    private static readonly TimeSpan Cheap = TimeSpan.FromMilliseconds(0.2);
    private const int Repetitions = 2;

    private readonly Action<FunctionContext> _discard;
    private readonly TimeSpan _topLevel;

    public FunctionContext(V8Isolate isolate, EdgeFunctionDefinition definition, Action<FunctionContext> discard)
    {
        Definition = definition;
        _discard = discard;
        var index = definition.UsesImages ? isolate.Image?.IndexOf(definition.Graph) ?? NativeContexts.Default : NativeContexts.Default;
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
                var began = Stopwatch.GetTimestamp();
                V8.Enter(startup, EntryOp.EvaluateModule, startup.Id, definition.Graph.EntryUrl);
                _topLevel = Stopwatch.GetElapsedTime(began);
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
            if (Definition is { Context.IsWatched: true, Trial: { } trial } && invocation.HasAnswered)
            {
                trial.Compared(Compare());
            }

            _discard(this);
        }
    }

    /// <summary>Finds what scripts have changed of the built-ins of a watched context; <see langword="null"/> if that is not known.</summary>
    public BuiltinChanges? Compare() => V8.Isolate.Entries.IsActive ? null : V8.CompareBuiltins(Definition.Name, Definition.Limits.StartupTimeout);

    /// <summary>Finds how long the top level takes once its code is compiled. It is evaluated again for that, unless it is known to be cheap.</summary>
    public TimeSpan MeasureTopLevel()
    {
        var least = _topLevel;
        for (var i = 0; i < Repetitions && least > Cheap && !V8.Isolate.Entries.IsActive; i++)
        {
            var again = new StartupOperation(Definition.Name) { CpuLimit = Definition.Limits.StartupTimeout };
            V8.Add(again);
            var began = Stopwatch.GetTimestamp();
            if (!V8.Enter(again, EntryOp.EvaluateModule, again.Id, Definition.Graph.EntryUrl) || !again.Done.IsCompletedSuccessfully)
            {
                break;
            }

            V8.Forget(again);
            least = Stopwatch.GetElapsedTime(began) is var elapsed && elapsed < least ? elapsed : least;
        }

        return least;
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
