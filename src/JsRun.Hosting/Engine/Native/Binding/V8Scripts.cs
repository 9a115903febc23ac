using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native.Binding;

/// <summary>What running scripts without ClearScript uses of V8.</summary>
internal sealed unsafe class V8Scripts
{
    public const string RunName = "_ZN2v86Script3RunENS_5LocalINS_7ContextEEE";
    public const string BindName = "_ZN2v813UnboundScript20BindToCurrentContextEv";

    /// <summary><c>MaybeLocal&lt;String&gt; String::NewFromUtf8(isolate, data, type, length)</c>.</summary>
    public delegate* unmanaged<IsolatePtr, byte*, int, int, ValueHandle> NewString { get; }

    /// <summary><c>String::Utf8Value(isolate, value)</c>.</summary>
    public delegate* unmanaged<V8Utf8Value*, IsolatePtr, ValueHandle, void> ReadString { get; }

    public delegate* unmanaged<V8Utf8Value*, void> FreeString { get; }

    /// <summary><c>MaybeLocal&lt;Script&gt; Script::Compile(context, source, origin)</c>.</summary>
    public delegate* unmanaged<ContextHandle, ValueHandle, V8ScriptOrigin*, ScriptHandle> Compile { get; }

    public delegate* unmanaged<ScriptHandle, ContextHandle, ValueHandle> Run { get; }

    /// <summary><c>Local&lt;Script&gt; UnboundScript::BindToCurrentContext()</c>.</summary>
    public delegate* unmanaged<UnboundScriptHandle, ScriptHandle> Bind { get; }

    public delegate* unmanaged<byte*, IsolatePtr, void> Try { get; }

    public delegate* unmanaged<byte*, void> EndTry { get; }

    public delegate* unmanaged<byte*, byte> HasCaught { get; }

    public delegate* unmanaged<byte*, byte> HasTerminated { get; }

    public delegate* unmanaged<byte*, MessageHandle> TryMessage { get; }

    public delegate* unmanaged<byte*, ContextHandle, ValueHandle> TryStack { get; }

    public delegate* unmanaged<MessageHandle, ValueHandle> MessageText { get; }

    public delegate* unmanaged<MessageHandle, ValueHandle> MessageScript { get; }

    /// <summary><c>Maybe&lt;int&gt; Message::GetLineNumber(context)</c>: whether there is one in the lowest byte, the line in the upper half.</summary>
    public delegate* unmanaged<MessageHandle, ContextHandle, long> MessageLine { get; }

    public delegate* unmanaged<MessageHandle, int> MessageColumn { get; }

    public V8Scripts(V8Library library)
    {
        NewString = (delegate* unmanaged<IsolatePtr, byte*, int, int, ValueHandle>)library.Take("_ZN2v86String11NewFromUtf8EPNS_7IsolateEPKcNS_13NewStringTypeEi");
        ReadString = (delegate* unmanaged<V8Utf8Value*, IsolatePtr, ValueHandle, void>)library.Take("_ZN2v86String9Utf8ValueC1EPNS_7IsolateENS_5LocalINS_5ValueEEE");
        FreeString = (delegate* unmanaged<V8Utf8Value*, void>)library.Take("_ZN2v86String9Utf8ValueD1Ev");
        Compile = (delegate* unmanaged<ContextHandle, ValueHandle, V8ScriptOrigin*, ScriptHandle>)library.Take("_ZN2v86Script7CompileENS_5LocalINS_7ContextEEENS1_INS_6StringEEEPNS_12ScriptOriginE");
        Run = (delegate* unmanaged<ScriptHandle, ContextHandle, ValueHandle>)library.Take(RunName);
        Bind = (delegate* unmanaged<UnboundScriptHandle, ScriptHandle>)library.Take(BindName);
        Try = (delegate* unmanaged<byte*, IsolatePtr, void>)library.Take("_ZN2v88TryCatchC1EPNS_7IsolateE");
        EndTry = (delegate* unmanaged<byte*, void>)library.Take("_ZN2v88TryCatchD1Ev");
        HasCaught = (delegate* unmanaged<byte*, byte>)library.Take("_ZNK2v88TryCatch9HasCaughtEv");
        HasTerminated = (delegate* unmanaged<byte*, byte>)library.Take("_ZNK2v88TryCatch13HasTerminatedEv");
        TryMessage = (delegate* unmanaged<byte*, MessageHandle>)library.Take("_ZNK2v88TryCatch7MessageEv");
        TryStack = (delegate* unmanaged<byte*, ContextHandle, ValueHandle>)library.Take("_ZNK2v88TryCatch10StackTraceENS_5LocalINS_7ContextEEE");
        MessageText = (delegate* unmanaged<MessageHandle, ValueHandle>)library.Take("_ZNK2v87Message3GetEv");
        MessageScript = (delegate* unmanaged<MessageHandle, ValueHandle>)library.Take("_ZNK2v87Message21GetScriptResourceNameEv");
        MessageLine = (delegate* unmanaged<MessageHandle, ContextHandle, long>)library.Take("_ZNK2v87Message13GetLineNumberENS_5LocalINS_7ContextEEE");
        MessageColumn = (delegate* unmanaged<MessageHandle, int>)library.Take("_ZNK2v87Message14GetStartColumnEv");
    }

    /// <summary>Makes a string of V8; null if it is too long.</summary>
    public ValueHandle NewText(IsolatePtr isolate, ReadOnlySpan<byte> utf8)
    {
        fixed (byte* bytes = utf8.IsEmpty ? " "u8 : utf8)
        {
            return NewString(isolate, bytes, 0, utf8.Length);
        }
    }

    /// <summary>V8's own account of what was caught, such as <c>SyntaxError: …</c>, for which it asks nothing of the object.</summary>
    public string CaughtText(IsolatePtr isolate, byte* attempt)
    {
        const string prefix = "Uncaught ";
        var message = TryMessage(attempt);
        var text = message.IsNull ? "" : Text(isolate, MessageText(message)) ?? "";
        return text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
    }

    /// <summary>A value as text; <see langword="null"/> where there is none.</summary>
    public string? Text(IsolatePtr isolate, ValueHandle value)
    {
        if (value.IsNull)
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
