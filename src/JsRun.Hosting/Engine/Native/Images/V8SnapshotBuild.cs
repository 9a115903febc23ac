using System.Runtime.InteropServices;
using System.Text;
using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native.Images;

/// <summary>One run of V8's <c>SnapshotCreator</c>. Must be used from within a callback of ClearScript's, on one thread.</summary>
internal sealed unsafe class V8SnapshotBuild : IDisposable
{
    private const int SizeOfCreator = 256;
    private const int KeepFunctionCode = 1;

    private readonly byte* _parameters = (byte*)NativeMemory.AllocZeroed(V8Layout.ParamsSize);
    private readonly byte* _creator = (byte*)NativeMemory.AllocZeroed(SizeOfCreator);
    private readonly V8Api _v8;
    private readonly IsolatePtr _isolate;

    /// <param name="v8">V8.</param>
    /// <param name="clearScriptData">ClearScript's private object of an isolate that is alive: V8 posts this isolate's tasks through that one's.</param>
    public V8SnapshotBuild(V8Api v8, OpaquePtr clearScriptData)
    {
        _v8 = v8;
        _v8.Snapshots.CreateParams(_parameters);
        // The allocator is never freed: it has no state, and this process builds few images.
        *(OpaquePtr*)(_parameters + V8Layout.ParamsArrayBufferAllocator) = _v8.Snapshots.NewAllocator();
        if (_v8.Lazies.AreUsed)
        {
            *(OpaquePtr*)(_parameters + V8Layout.ParamsExternalReferences) = LazyProperties.References;
        }

        _isolate = _v8.Snapshots.AllocateIsolate();
        *(OpaquePtr*)(_isolate.Address + V8Layout.IsolateDataSlot0) = clearScriptData;
        _v8.Snapshots.Create(_creator, _isolate, _parameters);
    }

    /// <summary>Makes a context, runs its scripts and has it in the image.</summary>
    /// <returns>The answer to its question.</returns>
    /// <exception cref="HeapImageException">A script threw.</exception>
    public string? Add(HeapContext description, bool isDefault)
    {
        using var handles = new V8HandleScope(_v8, _isolate);
        var context = Make(description, out var answer);
        if (isDefault)
        {
            _v8.Snapshots.SetDefaultContext(_creator, context, default, default, default);
        }
        else
        {
            _v8.Snapshots.AddContext(_creator, context, default, default, default);
        }

        return answer;
    }

    /// <summary>Makes a context and runs its scripts, and has nothing of it in the image but the code that was compiled: the same scripts in other contexts share it.</summary>
    /// <exception cref="HeapImageException">A script threw.</exception>
    public void Rehearse(HeapContext description)
    {
        using var handles = new V8HandleScope(_v8, _isolate);
        Make(description, out _);
    }

    private ContextHandle Make(HeapContext description, out string? answer)
    {
        var context = _v8.Contexts.New(_isolate, default, default, default, default, default, default, default);
        if (context.IsNull)
        {
            throw new NativeLayerException("V8 made no context to build the image in");
        }

        answer = null;
        _v8.Contexts.Enter(context);
        try
        {
            for (var i = 0; i < description.Scripts.Count; i++)
            {
                Run(context, description.Scripts[i]);
                if (i == 0 && description.HasKernel && _v8.Lazies.AreUsed)
                {
                    _v8.Lazies.Define(_isolate, context);
                }
            }

            if (description.Question is { } question)
            {
                answer = Run(context, new HeapScript(HeapContext.QuestionName, $"String(({question}) ?? '\\0')"));
                answer = answer == "\0" ? null : answer;
            }
        }
        finally
        {
            _v8.Contexts.Exit(context);
        }

        return context;
    }

    /// <summary>Serialises what was added. Once.</summary>
    public byte[] CreateBlob()
    {
        var data = _v8.Snapshots.CreateBlob(_creator, KeepFunctionCode);
        if (data.Data == null)
        {
            throw new NativeLayerException("V8 made no image");
        }

        var blob = new ReadOnlySpan<byte>(data.Data, data.Size).ToArray();
        _v8.Snapshots.DeleteArray(data.Data);
        return blob;
    }

    public void Dispose()
    {
        _v8.Snapshots.Destroy(_creator);
        _v8.Isolates.Dispose(_isolate);
        NativeMemory.Free(_creator);
        NativeMemory.Free(_parameters);
    }

    private string? Run(ContextHandle context, HeapScript script)
    {
        var attempt = stackalloc byte[V8Layout.SizeOfTryCatch];
        _v8.Scripts.Try(attempt, _isolate);
        try
        {
            var origin = new V8ScriptOrigin { Name = NewString(script.Name), ScriptId = -1 };
            var compiled = _v8.Scripts.Compile(context, NewString(script.Code), &origin);
            var result = compiled.IsNull ? default : _v8.Scripts.Run(compiled, context);
            return result.IsNull ? throw Caught(attempt, context, script) : _v8.Scripts.Text(_isolate, result);
        }
        finally
        {
            _v8.Scripts.EndTry(attempt);
        }
    }

    private HeapImageException Caught(byte* attempt, ContextHandle context, HeapScript script)
    {
        var message = _v8.Scripts.TryMessage(attempt);
        if (message.IsNull)
        {
            return new HeapImageException(script.Name, "Error", "the script was stopped", 0, 0, "");
        }

        var text = _v8.Scripts.CaughtText(_isolate, attempt);
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        var named = colon > 0 && text.AsSpan(0, colon).EndsWith("Error", StringComparison.Ordinal) && !text.AsSpan(0, colon).Contains(' ');
        var line = _v8.Scripts.MessageLine(message, context);
        return new HeapImageException(
            _v8.Scripts.Text(_isolate, _v8.Scripts.MessageScript(message)) ?? script.Name,
            named ? text[..colon] : "Error",
            named ? text[(colon + 2)..] : text,
            (line & 1) != 0 ? (int)(line >> 32) : 0,
            _v8.Scripts.MessageColumn(message) + 1,
            _v8.Scripts.Text(_isolate, _v8.Scripts.TryStack(attempt, context)) is { } stack and not "undefined" ? stack : "");
    }

    private ValueHandle NewString(string text)
    {
        var result = _v8.Scripts.NewText(_isolate, Encoding.UTF8.GetBytes(text));
        return !result.IsNull ? result : throw new NativeLayerException("a script is too long for V8");
    }
}
