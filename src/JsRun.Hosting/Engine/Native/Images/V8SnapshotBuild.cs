using System.Runtime.InteropServices;
using System.Text;
using JsRun.Engine.Native.Binding;

namespace JsRun.Engine.Native.Images;

/// <summary>One run of V8's <c>SnapshotCreator</c>. Must be used from within a callback of ClearScript's, on one thread.</summary>
internal sealed unsafe class V8SnapshotBuild : IDisposable
{
    private const int SizeOfCreator = 256;
    private const int KeepFunctionCode = 1;

    private readonly byte* _parameters = (byte*)NativeMemory.AllocZeroed(V8Layout.ParamsSize);
    private readonly byte* _creator = (byte*)NativeMemory.AllocZeroed(SizeOfCreator);
    private readonly nint _isolate;

    /// <param name="clearScriptData">ClearScript's private object of an isolate that is alive: V8 posts this isolate's tasks through that one's.</param>
    public V8SnapshotBuild(nint clearScriptData)
    {
        V8Snapshots.CreateParams(_parameters);
        // The allocator is never freed: it has no state, and this process builds few images.
        *(nint*)(_parameters + V8Layout.ParamsArrayBufferAllocator) = V8Snapshots.NewAllocator();
        if (LazyProperties.AreUsed)
        {
            *(nint*)(_parameters + V8Layout.ParamsExternalReferences) = LazyProperties.References;
        }

        _isolate = V8Snapshots.AllocateIsolate();
        *(nint*)(_isolate + V8Layout.IsolateDataSlot0) = clearScriptData;
        V8Snapshots.Create(_creator, _isolate, _parameters);
    }

    /// <summary>Makes a context, runs its scripts and has it in the image.</summary>
    /// <returns>The answer to its question.</returns>
    /// <exception cref="HeapImageException">A script threw.</exception>
    public string? Add(HeapContext description, bool isDefault)
    {
        using var handles = new V8HandleScope(_isolate);
        var context = Make(description, out var answer);
        if (isDefault)
        {
            V8Snapshots.SetDefaultContext(_creator, context, default, default, default);
        }
        else
        {
            V8Snapshots.AddContext(_creator, context, default, default, default);
        }

        return answer;
    }

    /// <summary>Makes a context and runs its scripts, and has nothing of it in the image but the code that was compiled: the same scripts in other contexts share it.</summary>
    /// <exception cref="HeapImageException">A script threw.</exception>
    public void Rehearse(HeapContext description)
    {
        using var handles = new V8HandleScope(_isolate);
        Make(description, out _);
    }

    private nint Make(HeapContext description, out string? answer)
    {
        var context = V8Contexts.New(_isolate, 0, 0, 0, default, 0, default, default);
        if (context == 0)
        {
            throw new NativeLayerException("V8 made no context to build the image in");
        }

        answer = null;
        V8Contexts.Enter(context);
        try
        {
            for (var i = 0; i < description.Scripts.Count; i++)
            {
                Run(context, description.Scripts[i]);
                if (i == 0 && description.HasKernel && LazyProperties.AreUsed)
                {
                    LazyProperties.Define(_isolate, context);
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
            V8Contexts.Exit(context);
        }

        return context;
    }

    /// <summary>Serialises what was added. Once.</summary>
    public byte[] CreateBlob()
    {
        var data = V8Snapshots.CreateBlob(_creator, KeepFunctionCode);
        if (data.Data == null)
        {
            throw new NativeLayerException("V8 made no image");
        }

        var blob = new ReadOnlySpan<byte>(data.Data, data.Size).ToArray();
        V8Snapshots.DeleteArray(data.Data);
        return blob;
    }

    public void Dispose()
    {
        V8Snapshots.Destroy(_creator);
        V8Isolates.Dispose(_isolate);
        NativeMemory.Free(_creator);
        NativeMemory.Free(_parameters);
    }

    private string? Run(nint context, HeapScript script)
    {
        var attempt = stackalloc byte[V8Layout.SizeOfTryCatch];
        V8Scripts.Try(attempt, _isolate);
        try
        {
            var origin = new V8ScriptOrigin { Name = NewString(script.Name), ScriptId = -1 };
            var compiled = V8Scripts.Compile(context, NewString(script.Code), &origin);
            var result = compiled == 0 ? 0 : V8Scripts.Run(compiled, context);
            return result == 0 ? throw Caught(attempt, context, script) : V8Scripts.Text(_isolate, result);
        }
        finally
        {
            V8Scripts.EndTry(attempt);
        }
    }

    private HeapImageException Caught(byte* attempt, nint context, HeapScript script)
    {
        var message = V8Scripts.TryMessage(attempt);
        if (message == 0)
        {
            return new HeapImageException(script.Name, "Error", "the script was stopped", 0, 0, "");
        }

        var text = V8Scripts.CaughtText(_isolate, attempt);
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        var named = colon > 0 && text.AsSpan(0, colon).EndsWith("Error", StringComparison.Ordinal) && !text.AsSpan(0, colon).Contains(' ');
        var line = V8Scripts.MessageLine(message, context);
        return new HeapImageException(
            V8Scripts.Text(_isolate, V8Scripts.MessageScript(message)) ?? script.Name,
            named ? text[..colon] : "Error",
            named ? text[(colon + 2)..] : text,
            (line & 1) != 0 ? (int)(line >> 32) : 0,
            V8Scripts.MessageColumn(message) + 1,
            V8Scripts.Text(_isolate, V8Scripts.TryStack(attempt, context)) is { } stack and not "undefined" ? stack : "");
    }

    private nint NewString(string text)
    {
        var result = V8Scripts.NewText(_isolate, Encoding.UTF8.GetBytes(text));
        return result != 0 ? result : throw new NativeLayerException("a script is too long for V8");
    }
}
