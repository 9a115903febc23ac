using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native;

/// <summary>
/// What belongs to one context beneath ClearScript: its microtask queue, and the array through which its kernel learns of rejected promises. It lives as long as V8's own object of
/// the context does, which outlives ClearScript's engine until it is collected.
/// </summary>
internal sealed unsafe class NativeContext
{
    private readonly IsolatePtr _isolate;
    private readonly WeakHandle _context;
    private readonly WeakHandle _journal;
    private readonly WeakHandle _importer;
    private GlobalHandle _kept;
    private volatile bool _abandoned;

    public NativeContext(V8Api v8, IsolatePtr isolate, bool ownQueue)
    {
        V8 = v8;
        _context = new WeakHandle(v8);
        _journal = new WeakHandle(v8);
        _importer = new WeakHandle(v8);
        _isolate = isolate;
        Queue = ownQueue ? AllocateQueue(v8, isolate, MicrotasksPolicy.Auto) : default;
    }

    public V8Api V8 { get; }

    /// <summary>The queue, or null if the context has that of its isolate.</summary>
    public QueuePtr Queue { get; }

    /// <summary>The address at which V8's object of the context keeps that of its queue; null once it is gone. It moves with the object.</summary>
    public QueuePtr* QueuePlace => _context.Target.IsNull ? null : (QueuePtr*)(_context.Target.AsContext.Target.Address + V8Layout.ContextQueue);

    /// <summary>Gets whether something waits in its queue. With the isolate entered, or where nothing runs.</summary>
    public bool HasMicrotasks => !Queue.IsNull && new MicrotaskRing(V8, Queue).Size > 0;

    /// <summary>Gets whether its queue is being worked through.</summary>
    public bool IsRunningMicrotasks => !Queue.IsNull && V8.Microtasks.IsRunning(Queue) != 0;

    /// <summary>Gets or sets whether the kernel says through V8 on whose behalf code runs.</summary>
    public bool CarriesFrames { get; set; }

    /// <summary>Entries in the journal of rejected promises that the kernel has not been told of.</summary>
    public int Rejections { get; private set; }

    /// <summary>Gets whether nobody enters the context any more.</summary>
    public bool IsAbandoned => _abandoned;

    public static QueuePtr AllocateQueue(V8Api v8, IsolatePtr isolate, MicrotasksPolicy policy)
    {
        QueuePtr queue;
        v8.Contexts.NewQueue(&queue, isolate, policy);
        return queue;
    }

    /// <summary>V8 has made the context.</summary>
    public void Attach(ContextHandle local) => _context.Set(_isolate, local.Target);

    /// <summary>It as a local; null once it is gone.</summary>
    public ContextHandle Local => _context.Target.AsContext;

    /// <summary>Has V8 keep it, since nothing else does yet.</summary>
    public void Keep(ContextHandle local) => _kept = V8.Isolates.Globalize(_isolate, local.Target);

    /// <summary>Something else keeps it, or nobody needs it. With the isolate entered.</summary>
    public void LetGo()
    {
        if (!_kept.IsNull)
        {
            V8.Isolates.DisposeGlobal(_kept);
            _kept = default;
        }
    }

    /// <summary>The engine has been disposed of. From any thread; what remains is done when the isolate makes its next context, or ends.</summary>
    public void Abandon() => _abandoned = true;

    /// <summary>The kernel's array. The kernel holds it as long as the context lives.</summary>
    public void KeepJournal(ValueHandle array) => _journal.Set(_isolate, array.Target);

    /// <summary>The kernel's function that imports for text, which the kernel holds likewise.</summary>
    public void KeepImporter(ValueHandle function) => _importer.Set(_isolate, function.Target);

    /// <summary>Calls it. From within V8's callback.</summary>
    /// <returns>The promise, or null if something was thrown.</returns>
    public ValueHandle Import(ContextHandle context, ValueHandle specifier, FixedArrayHandle attributes)
    {
        const int most = 5;
        // The specifier, then keys and values: strings, all of them, since V8 has looked at what the author gave.
        var arguments = stackalloc ValueHandle[most];
        var count = 1;
        arguments[0] = specifier;
        for (var length = V8.Objects.FixedLength(attributes); count < most && count <= length; count++)
        {
            arguments[count] = V8.Objects.FixedAt(attributes, count - 1);
        }

        return V8.Objects.Call(_importer.Target.AsValue, context, V8.Objects.Global(context), count, arguments);
    }

    /// <summary>Gets whether there is one to call.</summary>
    public bool CanImport => !_importer.Target.IsNull;

    /// <summary>A promise was rejected, or handled after all: notes it, reading nothing of it. From within V8's callback.</summary>
    public void Note(in PromiseRejection rejection)
    {
        var journal = _journal.Target.AsValue;
        var context = V8.Objects.CurrentContext(_isolate);
        if (journal.IsNull || context.IsNull)
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
        V8.Objects.DefineAt(journal, context, at + JournalEntry.Kind, V8.Objects.NewInteger(_isolate, (int)rejection.Kind));
        V8.Objects.DefineAt(journal, context, at + JournalEntry.Promise, rejection.Promise);
        V8.Objects.DefineAt(journal, context, at + JournalEntry.Reason, !rejection.Value.IsNull ? rejection.Value : rejection.Promise);
        V8.Objects.DefineAt(journal, context, at + JournalEntry.Operation, V8.Objects.NewInteger(_isolate, CarriesFrames ? ReadOperation(context, V8.Objects.ContinuationData(_isolate)) : 0));
        Rejections++;
    }

    /// <summary>The number of the operation on whose behalf JavaScript runs, or 0: the first element of the kernel's frame, which no user code ever sees. From within a host call.</summary>
    public int ReadOperation()
    {
        var context = CarriesFrames ? V8.Objects.CurrentContext(_isolate) : default;
        return context.IsNull ? 0 : ReadOperation(context, V8.Objects.ContinuationData(_isolate));
    }

    /// <summary>The same of a frame that something holds, by its tagged address.</summary>
    public int ReadOperation(TaggedAddress frame)
    {
        var handle = V8.Isolates.Globalize(_isolate, frame);
        var operation = ReadOperation(V8.Objects.CurrentContext(_isolate), handle.AsValue);
        V8.Isolates.DisposeGlobal(handle);
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
    public void Detach(QueuePtr detachedQueue)
    {
        var place = QueuePlace;
        if (!Queue.IsNull && place != null)
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
        if (!Queue.IsNull)
        {
            V8.Contexts.DeleteQueue(Queue);
        }

        _context.Free();
        _journal.Free();
        _importer.Free();
    }

    private int ReadOperation(ContextHandle context, ValueHandle frame)
    {
        if (frame.IsNull || V8.Objects.IsArray(frame) == 0)
        {
            return 0;
        }

        var operation = V8.Objects.GetAt(frame, context, 0);
        return !operation.IsNull && V8.Objects.IsInt32(operation) != 0 ? V8.Objects.ReadInt32(operation) : 0;
    }

    private bool IsLast(ValueHandle journal, ContextHandle context, ValueHandle promise)
    {
        var at = (uint)(Rejections - 1) * JournalEntry.Size;
        var kind = V8.Objects.GetAt(journal, context, at + JournalEntry.Kind);
        var last = V8.Objects.GetAt(journal, context, at + JournalEntry.Promise);
        return !last.IsNull && last.Target == promise.Target && V8.Objects.ReadInt32(kind) == (int)PromiseRejectionKind.Rejected;
    }

    private static class JournalEntry
    {
        public const uint Size = 4;
        public const uint Kind = 0;
        public const uint Promise = 1;
        public const uint Reason = 2;

        /// <summary>On whose behalf the code runs that has rejected the promise, or 0.</summary>
        public const uint Operation = 3;
    }
}
