using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native.Binding;

/// <summary>What is used of <c>v8::Isolate</c> and beside it.</summary>
internal sealed unsafe class V8Isolates
{
    public const string InitializeName = "_ZN2v87Isolate10InitializeEPS0_RKNS0_12CreateParamsE";
    public const string DisposeName = "_ZN2v87Isolate7DisposeEv";

    /// <summary><c>void Isolate::Initialize(Isolate*, const CreateParams&amp;)</c>.</summary>
    public delegate* unmanaged<IsolatePtr, byte*, void> Initialize { get; }

    /// <summary><c>void Isolate::Dispose()</c>.</summary>
    public delegate* unmanaged<IsolatePtr, void> Dispose { get; }

    /// <summary><c>Isolate* Isolate::GetCurrent()</c>.</summary>
    public delegate* unmanaged<IsolatePtr> GetCurrent { get; }

    /// <summary><c>bool Isolate::InContext()</c>.</summary>
    public delegate* unmanaged<IsolatePtr, byte> InContext { get; }

    /// <summary><c>Address* api_internal::GlobalizeReference(internal::Isolate*, Address)</c>: a strong handle.</summary>
    public delegate* unmanaged<IsolatePtr, TaggedAddress, GlobalHandle> Globalize { get; }

    /// <summary><c>void api_internal::MakeWeak(Address**)</c>: the handle becomes null when its object is collected.</summary>
    public delegate* unmanaged<GlobalHandle*, void> MakeWeak { get; }

    /// <summary><c>void api_internal::DisposeGlobal(Address*)</c>.</summary>
    public delegate* unmanaged<GlobalHandle, void> DisposeGlobal { get; }

    /// <summary><c>void Isolate::ClearKeptObjects()</c>: what a WeakRef was asked for need not live until the end of the turn.</summary>
    public delegate* unmanaged<IsolatePtr, void> ClearKeptObjects { get; }

    public V8Isolates(V8Library library)
    {
        Initialize = (delegate* unmanaged<IsolatePtr, byte*, void>)library.Take(InitializeName);
        Dispose = (delegate* unmanaged<IsolatePtr, void>)library.Take(DisposeName);
        GetCurrent = (delegate* unmanaged<IsolatePtr>)library.Take("_ZN2v87Isolate10GetCurrentEv");
        ClearKeptObjects = (delegate* unmanaged<IsolatePtr, void>)library.Take("_ZN2v87Isolate16ClearKeptObjectsEv");
        InContext = (delegate* unmanaged<IsolatePtr, byte>)library.Take("_ZN2v87Isolate9InContextEv");
        Globalize = (delegate* unmanaged<IsolatePtr, TaggedAddress, GlobalHandle>)library.Take("_ZN2v812api_internal18GlobalizeReferenceEPNS_8internal7IsolateEm");
        MakeWeak = (delegate* unmanaged<GlobalHandle*, void>)library.Take("_ZN2v812api_internal8MakeWeakEPPm");
        DisposeGlobal = (delegate* unmanaged<GlobalHandle, void>)library.Take("_ZN2v812api_internal13DisposeGlobalEPm");
    }
}
