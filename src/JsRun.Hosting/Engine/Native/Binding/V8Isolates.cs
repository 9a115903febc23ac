namespace JsRun.Engine.Native.Binding;

/// <summary>What is used of <c>v8::Isolate</c> and beside it. Bound by <see cref="V8Gate"/>.</summary>
internal static unsafe class V8Isolates
{
    public const string InitializeName = "_ZN2v87Isolate10InitializeEPS0_RKNS0_12CreateParamsE";
    public const string DisposeName = "_ZN2v87Isolate7DisposeEv";

    /// <summary><c>void Isolate::Initialize(Isolate*, const CreateParams&amp;)</c>.</summary>
    public static delegate* unmanaged<nint, byte*, void> Initialize { get; private set; }

    /// <summary><c>void Isolate::Dispose()</c>.</summary>
    public static delegate* unmanaged<nint, void> Dispose { get; private set; }

    /// <summary><c>Isolate* Isolate::GetCurrent()</c>.</summary>
    public static delegate* unmanaged<nint> GetCurrent { get; private set; }

    /// <summary><c>bool Isolate::InContext()</c>.</summary>
    public static delegate* unmanaged<nint, byte> InContext { get; private set; }

    /// <summary><c>Address* api_internal::GlobalizeReference(internal::Isolate*, Address)</c>: a strong handle.</summary>
    public static delegate* unmanaged<nint, nint, nint*> Globalize { get; private set; }

    /// <summary><c>void api_internal::MakeWeak(Address**)</c>: the handle becomes null when its object is collected.</summary>
    public static delegate* unmanaged<nint**, void> MakeWeak { get; private set; }

    /// <summary><c>void api_internal::DisposeGlobal(Address*)</c>.</summary>
    public static delegate* unmanaged<nint*, void> DisposeGlobal { get; private set; }

    /// <summary><c>void Isolate::ClearKeptObjects()</c>: what a WeakRef was asked for need not live until the end of the turn.</summary>
    public static delegate* unmanaged<nint, void> ClearKeptObjects { get; private set; }

    public static void Bind(V8Library library)
    {
        Initialize = (delegate* unmanaged<nint, byte*, void>)library.Take(InitializeName);
        Dispose = (delegate* unmanaged<nint, void>)library.Take(DisposeName);
        GetCurrent = (delegate* unmanaged<nint>)library.Take("_ZN2v87Isolate10GetCurrentEv");
        ClearKeptObjects = (delegate* unmanaged<nint, void>)library.Take("_ZN2v87Isolate16ClearKeptObjectsEv");
        InContext = (delegate* unmanaged<nint, byte>)library.Take("_ZN2v87Isolate9InContextEv");
        Globalize = (delegate* unmanaged<nint, nint, nint*>)library.Take("_ZN2v812api_internal18GlobalizeReferenceEPNS_8internal7IsolateEm");
        MakeWeak = (delegate* unmanaged<nint**, void>)library.Take("_ZN2v812api_internal8MakeWeakEPPm");
        DisposeGlobal = (delegate* unmanaged<nint*, void>)library.Take("_ZN2v812api_internal13DisposeGlobalEPm");
    }
}
