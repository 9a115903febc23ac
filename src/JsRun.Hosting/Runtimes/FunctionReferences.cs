using System.Collections.Concurrent;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.HostFunctions;
using JsRun.Scheduling;
using JsRun.Values;

namespace JsRun.Runtimes;

/// <summary>
/// The functions of a context that .NET holds. The context knows this and not the runtime, so that a runtime which nobody disposed of can be collected, and its functions with it.
/// </summary>
internal sealed class FunctionReferences(V8Context context, WeakReference<IFunctionOwner> owner) : IReferenceKeeper
{
    private readonly ConcurrentQueue<int> _released = new();
    private int _count;
    private int _posted;

    /// <summary>The number of functions that are held.</summary>
    public int Count => Volatile.Read(ref _count);

    public object Read(int id) => Read(id, "");

    public object Read(int id, string name)
    {
        if (!owner.TryGetTarget(out var runtime))
        {
            throw new JsConversionException("The function cannot be called: its runtime no longer exists.");
        }

        Interlocked.Increment(ref _count);
        return new JsFunction(runtime, id, name);
    }

    public bool TryWrite(object value, out int id)
    {
        id = 0;
        if (value is not JsFunction function)
        {
            return false;
        }

        if (!owner.TryGetTarget(out var runtime) || !function.IsOwnedBy(runtime))
        {
            throw new JsConversionException("A JsFunction belongs to another runtime: a function can only be sent to the runtime that it came from.");
        }

        function.ThrowIfClosed();
        if (function.HasReceiver)
        {
            throw new JsConversionException("A JsFunction with a receiver of its own (JsFunction.Bind) cannot be sent: bind it in JavaScript.");
        }

        id = function.Id;
        return true;
    }

    /// <summary>From any thread, finalisers included: the kernel lets go of a function, some time later.</summary>
    public void Release(int id)
    {
        Interlocked.Decrement(ref _count);
        _released.Enqueue(id);
        if (Interlocked.Exchange(ref _posted, 1) == 0)
        {
            context.Post(new ActionItem(ReleaseAll));
        }
    }

    private void ReleaseAll()
    {
        Volatile.Write(ref _posted, 0);
        while (_released.TryDequeue(out var id))
        {
            context.Enter(null, EntryOp.ReleaseFunction, id);
        }
    }
}
