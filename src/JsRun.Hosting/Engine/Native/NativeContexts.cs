using System.Runtime.InteropServices;
using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native;

/// <summary>Contexts with a microtask queue of their own, or from an image, by the hook of <c>Context::New</c>.</summary>
internal static unsafe class NativeContexts
{
    /// <summary>The image's own context, that of no function, or a plain one where there is no image.</summary>
    public const int Default = -1;

    /// <summary>A context with V8's own globals, whatever the image holds.</summary>
    public const int Plain = -2;

    [ThreadStatic]
    private static NativeContextScope? _scope;

    /// <summary>The context that this thread has entered through its trampoline.</summary>
    [field: ThreadStatic]
    public static NativeContext? Entered { get; set; }

    /// <summary>For <c>Isolate::SetPromiseRejectCallback</c>.</summary>
    public static delegate* unmanaged<PromiseRejection, void> RejectCallback => &OnReject;

    /// <summary>For <c>Isolate::SetHostImportModuleDynamicallyCallback</c>.</summary>
    public static delegate* unmanaged<ContextHandle, OpaquePtr, ValueHandle, ValueHandle, FixedArrayHandle, ValueHandle> ImportCallback => &OnImport;

    /// <summary>After the gate has let the library through.</summary>
    public static void Install(V8Library library) => JumpSlot.Take(
        library.Module,
        library.Taken(V8Contexts.NewName),
        (nint)(delegate* unmanaged<IsolatePtr, OpaquePtr, OpaquePtr, ValueHandle, V8Callback, QueuePtr, V8Callback, V8Callback, ContextHandle>)&OnNew);

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

    /// <summary>Makes a context that no engine of ClearScript's belongs to, with a queue of its own. From within a host call of the isolate's.</summary>
    /// <returns>It is kept until <see cref="NativeContext.LetGo"/>.</returns>
    /// <exception cref="NativeLayerException">V8 made none.</exception>
    public static NativeContext New(NativeIsolate owner, int index)
    {
        var made = Create(owner, index, ownQueue: true, default, out var context) ?? throw new NativeLayerException("V8 made no context");
        made.Keep(context);
        return made;
    }

    [UnmanagedCallersOnly]
    private static ContextHandle OnNew(IsolatePtr isolate, OpaquePtr extensions, OpaquePtr template, ValueHandle global, V8Callback fields, QueuePtr queue, V8Callback data, V8Callback wrappers)
    {
        try
        {
            var v8 = NativeHooks.V8;
            if (_scope is { IsUsed: false } scope && NativeIsolates.Find(isolate) is { } owner)
            {
                scope.IsUsed = true;
                if (TryCreate(owner, scope, new V8ContextArguments(extensions, template, global, fields, queue, data, wrappers), out var context))
                {
                    return context;
                }
            }

            return v8.Contexts.New(isolate, extensions, template, global, fields, queue, data, wrappers);
        }
        catch (Exception e)
        {
            throw NativeBoundary.Fail("v8::Context::New", e);
        }
    }

    private static bool TryCreate(NativeIsolate owner, NativeContextScope scope, in V8ContextArguments arguments, out ContextHandle context)
    {
        try
        {
            scope.Context = Create(owner, scope.Index, scope.OwnQueue, arguments, out context);
            return true;
        }
        catch (Exception e)
        {
            // The context is one that the native layer does not know.
            NativeBoundary.Ignore("v8::Context::New", e);
            context = default;
            return false;
        }
    }

    // Only text that was evaluated gets here: in modules and scripts the compiler has replaced import(). V8 has made strings of what the author gave.
    [UnmanagedCallersOnly]
    private static ValueHandle OnImport(ContextHandle context, OpaquePtr options, ValueHandle resource, ValueHandle specifier, FixedArrayHandle attributes)
    {
        try
        {
            if (Entered is { CanImport: true } entered && TryImport(entered, context, specifier, attributes, out var promise))
            {
                return promise;
            }

            var v8 = NativeHooks.V8;
            var isolate = v8.Isolates.GetCurrent();
            v8.Objects.Throw(isolate, v8.Scripts.NewText(isolate, "import() cannot be used here"u8));
            return default;
        }
        catch (Exception e)
        {
            throw NativeBoundary.Fail("import() in evaluated text", e);
        }
    }

    private static bool TryImport(NativeContext entered, ContextHandle context, ValueHandle specifier, FixedArrayHandle attributes, out ValueHandle promise)
    {
        try
        {
            promise = entered.Import(context, specifier, attributes);
            return true;
        }
        catch (Exception e)
        {
            // The script gets an error.
            NativeBoundary.Ignore("import() in evaluated text", e);
            promise = default;
            return false;
        }
    }

    private static NativeContext? Create(NativeIsolate owner, int index, bool ownQueue, in V8ContextArguments arguments, out ContextHandle context)
    {
        owner.Sweep();
        var own = owner.CreateContext(ownQueue);
        var queue = !own.Queue.IsNull ? own.Queue : arguments.Queue;
        // An image's default context is V8's own, its first further one the image's own: V8SnapshotBuild.
        context = index == Plain || !owner.HasImage
            ? owner.V8.Contexts.New(owner.Handle, arguments.Extensions, arguments.Template, arguments.Global, arguments.Fields, queue, arguments.Data, arguments.Wrappers)
            : owner.V8.Contexts.FromSnapshot(owner.Handle, (nuint)(index + 1), arguments.Fields, arguments.Extensions, arguments.Global, queue, arguments.Data, arguments.Wrappers);
        if (context.IsNull)
        {
            owner.Forget(own);
            return null;
        }

        own.Attach(context);
        owner.Inspector?.AddContext(context, "JsRun");
        return own;
    }

    // V8 calls it in the midst of users' code, so it reads nothing of theirs and runs nothing.
    [UnmanagedCallersOnly]
    private static void OnReject(PromiseRejection rejection)
    {
        try
        {
            if (rejection.Kind is PromiseRejectionKind.Rejected or PromiseRejectionKind.Handled)
            {
                Entered?.Note(rejection);
            }
        }
        catch (Exception e)
        {
            // A rejection that nobody handles is then not reported.
            NativeBoundary.Ignore("v8::PromiseRejectCallback", e);
        }
    }
}
