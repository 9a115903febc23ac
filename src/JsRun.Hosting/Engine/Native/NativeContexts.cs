using System.Runtime.InteropServices;

namespace JsRun.Engine.Native;

/// <summary>Contexts with a microtask queue of their own, or from an image, by the hook of <c>Context::New</c>.</summary>
internal static unsafe class NativeContexts
{
    /// <summary>The image's default context, or a plain one.</summary>
    public const int Default = -1;

    [ThreadStatic]
    private static NativeContextScope? _scope;

    /// <summary>The context that this thread has entered through its trampoline.</summary>
    [field: ThreadStatic]
    public static NativeContext? Entered { get; set; }

    /// <summary>For <c>Isolate::SetPromiseRejectCallback</c>.</summary>
    public static delegate* unmanaged<PromiseRejection, void> RejectCallback => &OnReject;

    /// <summary>For <c>Isolate::SetHostImportModuleDynamicallyCallback</c>.</summary>
    public static delegate* unmanaged<nint, nint, nint, nint, nint, nint> ImportCallback => &OnImport;

    public static nint NewHook => (nint)(delegate* unmanaged<nint, nint, nint, nint, V8Callback, nint, V8Callback, V8Callback, nint>)&OnNew;

    /// <summary>The context that this thread makes until disposal is that one of its isolate's image, and has its own microtask queue where asked for.</summary>
    /// <param name="index">Which of the image's further contexts, or <see cref="Default"/>. Not checked against the image: V8 answers an index that is too high with an abort.</param>
    /// <param name="ownQueue">Whether it has a queue of its own.</param>
    public static NativeContextScope At(int index, bool ownQueue)
    {
        if (_scope is not null)
        {
            throw new InvalidOperationException("This thread is making a context already.");
        }

        return _scope = new NativeContextScope(index, ownQueue);
    }

    public static void Leave() => _scope = null;

    [UnmanagedCallersOnly]
    private static nint OnNew(nint isolate, nint extensions, nint template, nint global, V8Callback fields, nint queue, V8Callback data, V8Callback wrappers)
    {
        if (_scope is not { IsUsed: false } scope || NativeIsolates.Find(isolate) is not { } owner)
        {
            return V8Contexts.New(isolate, extensions, template, global, fields, queue, data, wrappers);
        }

        scope.IsUsed = true;
        if (V8Isolates.InContext(isolate) == 0)
        {
            owner.Sweep();
        }

        var own = owner.CreateContext(scope.OwnQueue);
        var address = own.Queue != 0 ? own.Queue : queue;
        var context = scope.Index == Default || !owner.HasImage
            ? V8Contexts.New(isolate, extensions, template, global, fields, address, data, wrappers)
            : V8Contexts.FromSnapshot(isolate, (nuint)scope.Index, fields, extensions, global, address, data, wrappers);
        if (context == 0)
        {
            owner.Forget(own);
            return context;
        }

        own.Attach(context);
        scope.Context = own;
        return context;
    }

    // Only text that was evaluated gets here: in modules and scripts the compiler has replaced import(). V8 has made strings of what the author gave.
    [UnmanagedCallersOnly]
    private static nint OnImport(nint context, nint options, nint resource, nint specifier, nint attributes)
    {
        if (Entered is { CanImport: true } entered)
        {
            return entered.Import(context, specifier, attributes);
        }

        var isolate = V8Isolates.GetCurrent();
        V8Objects.Throw(isolate, V8Scripts.NewText(isolate, "import() cannot be used here"u8));
        return 0;
    }

    // V8 calls it in the midst of users' code, so it reads nothing of theirs and runs nothing.
    [UnmanagedCallersOnly]
    private static void OnReject(PromiseRejection rejection)
    {
        if (rejection.Kind is PromiseRejectionKind.Rejected or PromiseRejectionKind.Handled)
        {
            Entered?.Note(rejection);
        }
    }
}
