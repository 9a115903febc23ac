using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Handles;
using JsRun.Engine.Native.Images;

namespace JsRun.Engine.Native;

/// <summary>The isolates that were made through the native layer, by the hooks of <c>Isolate::Initialize</c> and <c>Isolate::Dispose</c>.</summary>
internal static unsafe class NativeIsolates
{
    private static readonly ConcurrentDictionary<IsolatePtr, NativeIsolate> Isolates = new();

    [ThreadStatic]
    private static NativeIsolateScope? _scope;

    /// <summary>The isolate that this thread makes until disposal starts from the image, and is known to the native layer.</summary>
    /// <param name="image">The image, or <see langword="null"/> for V8's own.</param>
    /// <param name="garbageBytes">How large its heap may grow, whenever contexts have been disposed of, before V8 collects what they have left; 0 for V8's own choice.</param>
    public static NativeIsolateScope From(ImageMemory? image, long garbageBytes = 0)
    {
        if (_scope is not null)
        {
            throw new InvalidOperationException("This thread is making an isolate already.");
        }

        return _scope = new NativeIsolateScope(image, garbageBytes);
    }

    public static void Leave() => _scope = null;

    public static NativeIsolate? Find(IsolatePtr handle) => Isolates.GetValueOrDefault(handle);

    /// <summary>For <c>Isolate::RequestInterrupt</c>.</summary>
    public static delegate* unmanaged<IsolatePtr, nint, void> SampleCallback => &OnSample;

    /// <summary>For <c>Isolate::RequestInterrupt</c>: debuggers have something to say.</summary>
    public static delegate* unmanaged<IsolatePtr, nint, void> InspectionCallback => &OnInspection;

    /// <summary>After the gate has let the library through.</summary>
    public static void Install(V8Library library)
    {
        JumpSlot.Take(library.Module, library.Taken(V8Isolates.InitializeName), (nint)(delegate* unmanaged<IsolatePtr, byte*, void>)&OnInitialize);
        JumpSlot.Take(library.Module, library.Taken(V8Isolates.DisposeName), (nint)(delegate* unmanaged<IsolatePtr, void>)&OnDispose);
    }

    [UnmanagedCallersOnly]
    private static void OnSample(IsolatePtr isolate, nint number)
    {
        try
        {
            Find(isolate)?.Sample?.Invoke(number);
        }
        catch (Exception e)
        {
            // The watchdog interrupts without looking.
            NativeBoundary.Ignore("v8::Isolate::RequestInterrupt", e);
        }
    }

    [UnmanagedCallersOnly]
    private static void OnInspection(IsolatePtr isolate, nint number)
    {
        try
        {
            Find(isolate)?.Inspection?.Invoke();
        }
        catch (Exception e)
        {
            // The debuggers' messages are taken when the script has ended.
            NativeBoundary.Ignore("v8::Isolate::RequestInterrupt", e);
        }
    }

    [UnmanagedCallersOnly]
    private static void OnInitialize(IsolatePtr isolate, byte* parameters)
    {
        try
        {
            var v8 = NativeHooks.V8;
            if (_scope is { Isolate: null } scope)
            {
                TryPrepare(v8, scope, isolate, parameters);
            }

            v8.Isolates.Initialize(isolate, parameters);
        }
        catch (Exception e)
        {
            throw NativeBoundary.Fail("v8::Isolate::Initialize", e);
        }
    }

    private static void TryPrepare(V8Api v8, NativeIsolateScope scope, IsolatePtr isolate, byte* parameters)
    {
        try
        {
            Prepare(v8, scope, isolate, parameters);
        }
        catch (Exception e)
        {
            // V8 makes an isolate that the native layer does not know.
            scope.Isolate = null;
            Isolates.TryRemove(isolate, out _);
            NativeBoundary.Ignore("v8::Isolate::Initialize", e);
        }
    }

    private static void Prepare(V8Api v8, NativeIsolateScope scope, IsolatePtr isolate, byte* parameters)
    {
        scope.Image?.AddReference();
        Isolates[isolate] = scope.Isolate = new NativeIsolate(v8, isolate, scope.Image, scope.GarbageBytes > 0);
        scope.Examine(isolate, parameters);
        if (scope.GarbageBytes > 0)
        {
            *(nint*)(parameters + V8Layout.ParamsInitialOldGenerationSize) = (nint)scope.GarbageBytes;
        }

        if (scope.Image is { } image)
        {
            *(OpaquePtr*)(parameters + V8Layout.ParamsSnapshotBlob) = image.StartupDataAddress;
            if (v8.Lazies.AreUsed)
            {
                *(OpaquePtr*)(parameters + V8Layout.ParamsExternalReferences) = LazyProperties.References;
            }
        }
    }

    [UnmanagedCallersOnly]
    private static void OnDispose(IsolatePtr isolate)
    {
        try
        {
            // First: as soon as V8 has freed it, the next isolate may be at the same address.
            Isolates.TryRemove(isolate, out var known);
            NativeHooks.V8.Isolates.Dispose(isolate);
            TryFree(known);
        }
        catch (Exception e)
        {
            throw NativeBoundary.Fail("v8::Isolate::Dispose", e);
        }
    }

    private static void TryFree(NativeIsolate? isolate)
    {
        try
        {
            isolate?.Freed();
        }
        catch (Exception e)
        {
            // The isolate is gone, and some of its memory stays allocated.
            NativeBoundary.Ignore("v8::Isolate::Dispose", e);
        }
    }
}
