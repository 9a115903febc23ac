using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Images;

namespace JsRun.Engine.Native;

/// <summary>The isolates that were made through the native layer, by the hooks of <c>Isolate::Initialize</c> and <c>Isolate::Dispose</c>.</summary>
internal static unsafe class NativeIsolates
{
    private static readonly ConcurrentDictionary<nint, NativeIsolate> Isolates = new();

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

    public static NativeIsolate? Find(nint handle) => Isolates.GetValueOrDefault(handle);

    public static nint InitializeHook => (nint)(delegate* unmanaged<nint, byte*, void>)&OnInitialize;

    public static nint DisposeHook => (nint)(delegate* unmanaged<nint, void>)&OnDispose;

    /// <summary>For <c>Isolate::RequestInterrupt</c>.</summary>
    public static delegate* unmanaged<nint, nint, void> SampleCallback => &OnSample;

    [UnmanagedCallersOnly]
    private static void OnSample(nint isolate, nint number)
    {
        try
        {
            Find(isolate)?.Sample?.Invoke(number);
        }
        catch (Exception)
        {
            // Nothing may leave into V8. The watchdog interrupts without looking.
        }
    }

    [UnmanagedCallersOnly]
    private static void OnInitialize(nint isolate, byte* parameters)
    {
        if (_scope is { Isolate: null } scope)
        {
            try
            {
                Prepare(scope, isolate, parameters);
            }
            catch (Exception)
            {
                // Nothing may leave into V8, which makes an isolate that the native layer does not know.
                scope.Isolate = null;
                Isolates.TryRemove(isolate, out _);
            }
        }

        V8Isolates.Initialize(isolate, parameters);
    }

    private static void Prepare(NativeIsolateScope scope, nint isolate, byte* parameters)
    {
        scope.Image?.AddReference();
        Isolates[isolate] = scope.Isolate = new NativeIsolate(isolate, scope.Image, scope.GarbageBytes > 0);
        scope.Examine(isolate, parameters);
        if (scope.GarbageBytes > 0)
        {
            *(nint*)(parameters + V8Layout.ParamsInitialOldGenerationSize) = (nint)scope.GarbageBytes;
        }

        if (scope.Image is { } image)
        {
            *(nint*)(parameters + V8Layout.ParamsSnapshotBlob) = image.StartupDataAddress;
            if (LazyProperties.AreUsed)
            {
                *(nint*)(parameters + V8Layout.ParamsExternalReferences) = LazyProperties.References;
            }
        }
    }

    [UnmanagedCallersOnly]
    private static void OnDispose(nint isolate)
    {
        // First: as soon as V8 has freed it, the next isolate may be at the same address.
        Isolates.TryRemove(isolate, out var known);
        V8Isolates.Dispose(isolate);
        try
        {
            known?.Freed();
        }
        catch (Exception)
        {
            // Nothing may leave into V8.
        }
    }
}
