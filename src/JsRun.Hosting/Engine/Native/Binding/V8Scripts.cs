namespace JsRun.Engine.Native.Binding;

/// <summary>What running scripts without ClearScript uses of V8. Bound by <see cref="V8Gate"/>.</summary>
internal static unsafe class V8Scripts
{
    /// <summary><c>MaybeLocal&lt;String&gt; String::NewFromUtf8(isolate, data, type, length)</c>.</summary>
    public static delegate* unmanaged<nint, byte*, int, int, nint> NewString { get; private set; }

    /// <summary><c>String::Utf8Value(isolate, value)</c>.</summary>
    public static delegate* unmanaged<V8Utf8Value*, nint, nint, void> ReadString { get; private set; }

    public static delegate* unmanaged<V8Utf8Value*, void> FreeString { get; private set; }

    /// <summary><c>MaybeLocal&lt;Script&gt; Script::Compile(context, source, origin)</c>.</summary>
    public static delegate* unmanaged<nint, nint, V8ScriptOrigin*, nint> Compile { get; private set; }

    public static delegate* unmanaged<nint, nint, nint> Run { get; private set; }

    public static delegate* unmanaged<byte*, nint, void> Try { get; private set; }

    public static delegate* unmanaged<byte*, void> EndTry { get; private set; }

    public static delegate* unmanaged<byte*, byte> HasCaught { get; private set; }

    public static delegate* unmanaged<byte*, byte> HasTerminated { get; private set; }

    public static delegate* unmanaged<byte*, nint> TryMessage { get; private set; }

    public static delegate* unmanaged<byte*, nint, nint> TryStack { get; private set; }

    public static delegate* unmanaged<nint, nint> MessageText { get; private set; }

    public static delegate* unmanaged<nint, nint> MessageScript { get; private set; }

    /// <summary><c>Maybe&lt;int&gt; Message::GetLineNumber(context)</c>: whether there is one in the lowest byte, the line in the upper half.</summary>
    public static delegate* unmanaged<nint, nint, long> MessageLine { get; private set; }

    public static delegate* unmanaged<nint, int> MessageColumn { get; private set; }

    public static void Bind(V8Library library)
    {
        NewString = (delegate* unmanaged<nint, byte*, int, int, nint>)library.Take("_ZN2v86String11NewFromUtf8EPNS_7IsolateEPKcNS_13NewStringTypeEi");
        ReadString = (delegate* unmanaged<V8Utf8Value*, nint, nint, void>)library.Take("_ZN2v86String9Utf8ValueC1EPNS_7IsolateENS_5LocalINS_5ValueEEE");
        FreeString = (delegate* unmanaged<V8Utf8Value*, void>)library.Take("_ZN2v86String9Utf8ValueD1Ev");
        Compile = (delegate* unmanaged<nint, nint, V8ScriptOrigin*, nint>)library.Take("_ZN2v86Script7CompileENS_5LocalINS_7ContextEEENS1_INS_6StringEEEPNS_12ScriptOriginE");
        Run = (delegate* unmanaged<nint, nint, nint>)library.Take(NativeTargets.RunName);
        Try = (delegate* unmanaged<byte*, nint, void>)library.Take("_ZN2v88TryCatchC1EPNS_7IsolateE");
        EndTry = (delegate* unmanaged<byte*, void>)library.Take("_ZN2v88TryCatchD1Ev");
        HasCaught = (delegate* unmanaged<byte*, byte>)library.Take("_ZNK2v88TryCatch9HasCaughtEv");
        HasTerminated = (delegate* unmanaged<byte*, byte>)library.Take("_ZNK2v88TryCatch13HasTerminatedEv");
        TryMessage = (delegate* unmanaged<byte*, nint>)library.Take("_ZNK2v88TryCatch7MessageEv");
        TryStack = (delegate* unmanaged<byte*, nint, nint>)library.Take("_ZNK2v88TryCatch10StackTraceENS_5LocalINS_7ContextEEE");
        MessageText = (delegate* unmanaged<nint, nint>)library.Take("_ZNK2v87Message3GetEv");
        MessageScript = (delegate* unmanaged<nint, nint>)library.Take("_ZNK2v87Message21GetScriptResourceNameEv");
        MessageLine = (delegate* unmanaged<nint, nint, long>)library.Take("_ZNK2v87Message13GetLineNumberENS_5LocalINS_7ContextEEE");
        MessageColumn = (delegate* unmanaged<nint, int>)library.Take("_ZNK2v87Message14GetStartColumnEv");
    }

    /// <summary>A string of V8's; 0 where it is too long.</summary>
    public static nint NewText(nint isolate, ReadOnlySpan<byte> utf8)
    {
        fixed (byte* bytes = utf8.IsEmpty ? " "u8 : utf8)
        {
            return NewString(isolate, bytes, 0, utf8.Length);
        }
    }

    /// <summary>V8's own account of what was caught, such as <c>SyntaxError: …</c>, for which it asks nothing of the object.</summary>
    public static string CaughtText(nint isolate, byte* attempt)
    {
        const string prefix = "Uncaught ";
        var message = TryMessage(attempt);
        var text = message == 0 ? "" : Text(isolate, MessageText(message)) ?? "";
        return text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
    }

    /// <summary>A value as text; <see langword="null"/> where there is none.</summary>
    public static string? Text(nint isolate, nint value)
    {
        if (value == 0)
        {
            return null;
        }

        V8Utf8Value utf8;
        ReadString(&utf8, isolate, value);
        var text = utf8.Data == null ? null : System.Text.Encoding.UTF8.GetString(utf8.Data, (int)utf8.Length);
        FreeString(&utf8);
        return text;
    }
}
