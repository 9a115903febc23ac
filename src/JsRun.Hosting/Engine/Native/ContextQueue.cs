using System.Runtime.InteropServices;

namespace JsRun.Engine.Native;

/// <summary>
/// The microtask queue of one context. It lives as long as V8's own object of the context does, which outlives ClearScript's engine until it is collected.
/// </summary>
internal sealed unsafe class ContextQueue
{
    // V8 writes null there when it collects the context.
    private readonly nint** _context;
    private volatile bool _abandoned;

    public ContextQueue(nint isolate)
    {
        _context = (nint**)NativeMemory.AllocZeroed((nuint)sizeof(nint*));
        Address = Allocate(isolate, MicrotasksPolicy.Auto);
    }

    public nint Address { get; }

    /// <summary>Whether nobody enters the context any more.</summary>
    public bool IsAbandoned => _abandoned;

    public static nint Allocate(nint isolate, MicrotasksPolicy policy)
    {
        nint queue;
        V8Contexts.NewQueue(&queue, isolate, (int)policy);
        return queue;
    }

    /// <summary>The context has been made with this queue.</summary>
    /// <param name="isolate">The isolate.</param>
    /// <param name="local">V8's local handle of the context.</param>
    public void Attach(nint isolate, nint local)
    {
        *_context = V8Isolates.Globalize(isolate, *(nint*)local);
        V8Isolates.MakeWeak(_context);
    }

    /// <summary>The engine has been disposed of. From any thread; what remains is done when the isolate makes its next context, or ends.</summary>
    public void Abandon() => _abandoned = true;

    /// <summary>Gives the context, where it has not been collected yet, another queue.</summary>
    public void Detach(nint other)
    {
        if (*_context != null)
        {
            V8Contexts.SetMicrotaskQueue(*_context, other);
            V8Isolates.DisposeGlobal(*_context);
            *_context = null;
        }
    }

    /// <summary>Once: nothing points to it any more.</summary>
    public void Delete()
    {
        V8Contexts.DeleteQueue(Address);
        NativeMemory.Free(_context);
    }
}
