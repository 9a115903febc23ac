using JsRun.Engine.Native.Handles;
using JsRun.Engine.Native.Inspection;

namespace JsRun.Engine.Native.Binding;

/// <summary>What is used of <c>v8_inspector</c>, and the virtual functions that V8 calls of a client.</summary>
internal sealed unsafe class V8Inspection
{
    private const string Prefix = "_ZN12v8_inspector17V8InspectorClient";

    // In the order of V8InspectorClient's virtual functions. Null where NativeInspector has its own, V8's default elsewhere. A destructor does nothing, as beginUserGesture does: V8 does not own a client.
    private static readonly string?[] ClientNames =
    [
        Prefix + "16beginUserGestureEv", Prefix + "16beginUserGestureEv",
        null, Prefix + "36runMessageLoopOnInstrumentationPauseEi", null, null,
        Prefix + "11muteMetricsEi", Prefix + "13unmuteMetricsEi", Prefix + "16beginUserGestureEv", Prefix + "14endUserGestureEv",
        Prefix + "13deepSerializeEN2v85LocalINS1_5ValueEEEiNS2_INS1_6ObjectEEE", Prefix + "12valueSubtypeEN2v85LocalINS1_5ValueEEE",
        Prefix + "26descriptionForValueSubtypeEN2v85LocalINS1_7ContextEEENS2_INS1_5ValueEEE", Prefix + "23isInspectableHeapObjectEN2v85LocalINS1_6ObjectEEE",
        null, Prefix + "29beginEnsureAllContextsInGroupEi", Prefix + "27endEnsureAllContextsInGroupEi",
        Prefix + "31installAdditionalCommandLineAPIEN2v85LocalINS1_7ContextEEENS2_INS1_6ObjectEEE",
        Prefix + "17consoleAPIMessageEiN2v87Isolate17MessageErrorLevelERKNS_10StringViewES6_jjPNS_12V8StackTraceE",
        Prefix + "17consoleAPIMessageEiiN2v87Isolate17MessageErrorLevelERKNS_10StringViewES6_jjPNS_12V8StackTraceE",
        Prefix + "10memoryInfoEPN2v87IsolateENS1_5LocalINS1_7ContextEEE",
        Prefix + "11consoleTimeEPN2v87IsolateENS1_5LocalINS1_6StringEEE", Prefix + "14consoleTimeEndEPN2v87IsolateENS1_5LocalINS1_6StringEEE",
        Prefix + "16consoleTimeStampEPN2v87IsolateENS1_5LocalINS1_6StringEEE",
        Prefix + "24consoleTimeStampWithArgsEPN2v87IsolateENS1_5LocalINS1_6StringEEERKNS1_11LocalVectorINS1_5ValueEEE",
        Prefix + "12consoleClearEi", null, Prefix + "19startRepeatingTimerEdPFvPvES1_", Prefix + "11cancelTimerEPv", Prefix + "17canExecuteScriptsEi",
        Prefix + "29maxAsyncCallStackDepthChangedEi", Prefix + "17resourceNameToUrlERKNS_10StringViewE", Prefix + "16generateUniqueIdEv",
        Prefix + "13dispatchErrorEN2v85LocalINS1_7ContextEEENS2_INS1_7MessageEEENS2_INS1_5ValueEEE",
    ];

    public V8Inspection(V8Library library)
    {
        Create = (delegate* unmanaged<InspectorPtr*, IsolatePtr, byte*, InspectorPtr*>)library.Take("_ZN12v8_inspector11V8Inspector6createEPN2v87IsolateEPNS_17V8InspectorClientE");
        Delete = (delegate* unmanaged<InspectorPtr, void>)library.Take("_ZN12v8_inspector15V8InspectorImplD0Ev");
        ContextCreated = (delegate* unmanaged<InspectorPtr, InspectorContextInfo*, void>)library.Take("_ZN12v8_inspector15V8InspectorImpl14contextCreatedERKNS_13V8ContextInfoE");
        ContextDestroyed = (delegate* unmanaged<InspectorPtr, ContextHandle, void>)library.Take("_ZN12v8_inspector15V8InspectorImpl16contextDestroyedEN2v85LocalINS1_7ContextEEE");
        Connect = (delegate* unmanaged<InspectorSessionPtr*, InspectorPtr, int, byte*, InspectorText, int, int, InspectorSessionPtr*>)library.Take(
            "_ZN12v8_inspector15V8InspectorImpl7connectEiPNS_11V8Inspector7ChannelENS_10StringViewENS1_16ClientTrustLevelENS1_17SessionPauseStateE");
        Dispatch = (delegate* unmanaged<InspectorSessionPtr, InspectorText, void>)library.Take("_ZN12v8_inspector22V8InspectorSessionImpl23dispatchProtocolMessageENS_10StringViewE");
        DeleteSession = (delegate* unmanaged<InspectorSessionPtr, void>)library.Take("_ZN12v8_inspector22V8InspectorSessionImplD0Ev");
        Defaults = [.. ClientNames.Select(name => new OpaquePtr(name is null ? 0 : library.Take(name)))];
        Nothing = Defaults[0];
    }

    /// <summary><c>unique_ptr&lt;V8Inspector&gt; V8Inspector::create(isolate, client)</c>, the result by reference.</summary>
    public delegate* unmanaged<InspectorPtr*, IsolatePtr, byte*, InspectorPtr*> Create { get; }

    /// <summary>The deleting destructor of an inspector.</summary>
    public delegate* unmanaged<InspectorPtr, void> Delete { get; }

    /// <summary><c>void V8Inspector::contextCreated(info)</c>.</summary>
    public delegate* unmanaged<InspectorPtr, InspectorContextInfo*, void> ContextCreated { get; }

    /// <summary><c>void V8Inspector::contextDestroyed(context)</c>.</summary>
    public delegate* unmanaged<InspectorPtr, ContextHandle, void> ContextDestroyed { get; }

    /// <summary><c>unique_ptr&lt;V8InspectorSession&gt; V8Inspector::connect(group, channel, state, trust level, pause state)</c>, the result by reference.</summary>
    public delegate* unmanaged<InspectorSessionPtr*, InspectorPtr, int, byte*, InspectorText, int, int, InspectorSessionPtr*> Connect { get; }

    /// <summary><c>void V8InspectorSession::dispatchProtocolMessage(message)</c>.</summary>
    public delegate* unmanaged<InspectorSessionPtr, InspectorText, void> Dispatch { get; }

    /// <summary>The deleting destructor of a session.</summary>
    public delegate* unmanaged<InspectorSessionPtr, void> DeleteSession { get; }

    /// <summary>The virtual functions of a client, in order; null where there is no default to use.</summary>
    public OpaquePtr[] Defaults { get; }

    /// <summary>A virtual function that does nothing.</summary>
    public OpaquePtr Nothing { get; }
}
