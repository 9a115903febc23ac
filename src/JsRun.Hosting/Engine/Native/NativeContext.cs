using JsRun.Engine.Native.Binding;

namespace JsRun.Engine.Native;

/// <summary>
/// What belongs to one context beneath ClearScript: its microtask queue, and the array through which its kernel learns of rejected promises. It lives as long as V8's own object of
/// the context does, which outlives ClearScript's engine until it is collected.
/// </summary>
internal sealed unsafe class NativeContext
{
    private readonly nint _isolate;
    private readonly WeakHandle _context = new();
    private readonly WeakHandle _journal = new();
    private readonly WeakHandle _importer = new();
    private nint* _kept;
    private volatile bool _abandoned;

    public NativeContext(nint isolate, bool ownQueue)
    {
        _isolate = isolate;
        Queue = ownQueue ? AllocateQueue(isolate, MicrotasksPolicy.Auto) : 0;
    }

    /// <summary>The queue, or 0 where the context has that of its isolate.</summary>
    public nint Queue { get; }

    /// <summary>Where V8's object of the context has the address of its queue; null once it is gone. It moves with the object.</summary>
    public nint* QueuePlace => _context.Target == 0 ? null : (nint*)(*(nint*)_context.Target + V8Layout.ContextQueue);

    /// <summary>Whether something waits in its queue. With the isolate entered, or where nothing runs.</summary>
    public bool HasMicrotasks => Queue != 0 && new MicrotaskRing(Queue).Size > 0;

    /// <summary>Whether its queue is being worked through.</summary>
    public bool IsRunningMicrotasks => Queue != 0 && V8Microtasks.IsRunning(Queue) != 0;

    /// <summary>Whether the kernel says through V8 on whose behalf code runs.</summary>
    public bool CarriesFrames { get; set; }

    /// <summary>Entries in the journal of rejected promises that the kernel has not been told of.</summary>
    public int Rejections { get; private set; }

    /// <summary>Whether nobody enters the context any more.</summary>
    public bool IsAbandoned => _abandoned;

    public static nint AllocateQueue(nint isolate, MicrotasksPolicy policy)
    {
        nint queue;
        V8Contexts.NewQueue(&queue, isolate, (int)policy);
        return queue;
    }

    /// <summary>V8 has made the context.</summary>
    public void Attach(nint local) => _context.Set(_isolate, local);

    /// <summary>What a <c>Local</c> of it points to; 0 once it is gone.</summary>
    public nint Local => _context.Target;

    /// <summary>Has V8 keep it, since nothing else does yet.</summary>
    public void Keep(nint local) => _kept = V8Isolates.Globalize(_isolate, *(nint*)local);

    /// <summary>Something else keeps it, or nobody needs it. With the isolate entered.</summary>
    public void LetGo()
    {
        if (_kept != null)
        {
            V8Isolates.DisposeGlobal(_kept);
            _kept = null;
        }
    }

    /// <summary>The engine has been disposed of. From any thread; what remains is done when the isolate makes its next context, or ends.</summary>
    public void Abandon() => _abandoned = true;

    /// <summary>The kernel's array. The kernel holds it as long as the context lives.</summary>
    public void KeepJournal(nint array) => _journal.Set(_isolate, array);

    /// <summary>The kernel's function that imports for text, which the kernel holds likewise.</summary>
    public void KeepImporter(nint function) => _importer.Set(_isolate, function);

    /// <summary>Calls it. From within V8's callback.</summary>
    /// <returns>The promise, or 0 where something was thrown.</returns>
    public nint Import(nint context, nint specifier, nint attributes)
    {
        const int most = 5;
        // The specifier, then keys and values: strings, all of them, since V8 has looked at what the author gave.
        var arguments = stackalloc nint[most];
        var count = 1;
        arguments[0] = specifier;
        for (var length = V8Objects.FixedLength(attributes); count < most && count <= length; count++)
        {
            arguments[count] = V8Objects.FixedAt(attributes, count - 1);
        }

        return V8Objects.Call(_importer.Target, context, V8Objects.Global(context), count, arguments);
    }

    /// <summary>Whether there is one to call.</summary>
    public bool CanImport => _importer.Target != 0;

    /// <summary>A promise was rejected, or handled after all: notes it, reading nothing of it. From within V8's callback.</summary>
    public void Note(in PromiseRejection rejection)
    {
        var journal = _journal.Target;
        var context = V8Objects.CurrentContext(_isolate);
        if (journal == 0 || context == 0)
        {
            return;
        }

        if (rejection.Kind == PromiseRejectionKind.Handled && Rejections > 0 && IsLast(journal, context, rejection.Promise))
        {
            // The usual case: an async function throws, and its caller awaits it right then.
            Rejections--;
            return;
        }

        var at = (uint)Rejections * JournalEntry.Size;
        V8Objects.DefineAt(journal, context, at + JournalEntry.Kind, V8Objects.NewInteger(_isolate, (int)rejection.Kind));
        V8Objects.DefineAt(journal, context, at + JournalEntry.Promise, rejection.Promise);
        V8Objects.DefineAt(journal, context, at + JournalEntry.Reason, rejection.Value != 0 ? rejection.Value : rejection.Promise);
        Rejections++;
    }

    /// <summary>The number of the operation on whose behalf JavaScript runs, or 0: the first element of the kernel's frame, which no user code ever sees. From within a host call.</summary>
    public int ReadOperation()
    {
        var context = CarriesFrames ? V8Objects.CurrentContext(_isolate) : 0;
        return context == 0 ? 0 : ReadOperation(context, V8Objects.ContinuationData(_isolate));
    }

    /// <summary>The same of a frame that something holds, by its tagged address.</summary>
    public int ReadOperation(nint frame)
    {
        var handle = V8Isolates.Globalize(_isolate, frame);
        var operation = ReadOperation(V8Objects.CurrentContext(_isolate), (nint)handle);
        V8Isolates.DisposeGlobal(handle);
        return operation;
    }

    /// <summary>The kernel is about to be told.</summary>
    public int TakeRejections()
    {
        var count = Rejections;
        Rejections = 0;
        return count;
    }

    /// <summary>Lets go of the context, where it has not been collected yet. With the isolate entered.</summary>
    /// <param name="detachedQueue">The queue that it has from now on.</param>
    public void Detach(nint detachedQueue)
    {
        var place = QueuePlace;
        if (Queue != 0 && place != null)
        {
            // V8's own function for it does the same, but not where any context is entered.
            *place = detachedQueue;
        }

        LetGo();
        _context.Reset();
        _journal.Reset();
        _importer.Reset();
    }

    /// <summary>Once, after <see cref="Detach"/> or when V8 has freed the isolate.</summary>
    public void Delete()
    {
        if (Queue != 0)
        {
            V8Contexts.DeleteQueue(Queue);
        }

        _context.Free();
        _journal.Free();
        _importer.Free();
    }

    private static int ReadOperation(nint context, nint frame)
    {
        if (frame == 0 || V8Objects.IsArray(frame) == 0)
        {
            return 0;
        }

        var operation = V8Objects.GetAt(frame, context, 0);
        return operation != 0 && V8Objects.IsInt32(operation) != 0 ? V8Objects.ReadInt32(operation) : 0;
    }

    private bool IsLast(nint journal, nint context, nint promise)
    {
        var at = (uint)(Rejections - 1) * JournalEntry.Size;
        var kind = V8Objects.GetAt(journal, context, at + JournalEntry.Kind);
        var last = V8Objects.GetAt(journal, context, at + JournalEntry.Promise);
        return last != 0 && *(nint*)last == *(nint*)promise && V8Objects.ReadInt32(kind) == (int)PromiseRejectionKind.Rejected;
    }

    private static class JournalEntry
    {
        public const uint Size = 3;
        public const uint Kind = 0;
        public const uint Promise = 1;
        public const uint Reason = 2;
    }
}
