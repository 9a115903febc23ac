using JsRun.Engine.Crossing;
using JsRun.Engine.Native;
using JsRun.Engine.Native.Images;
using JsRun.Engine.Scripts;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;
using Microsoft.ClearScript.V8.FastProxy;

namespace JsRun.Engine.Isolates;

/// <summary>Restores every context of an image and sees whether it works. In a process of its own: V8 ends it where an image cannot be restored.</summary>
internal static class ImageProbe
{
    // What works once may have used up what it needs.
    private const int Rounds = 2;
    private const string Inspection = "[typeof Response, typeof fetch, new URL('http://a/b').pathname, typeof eval, typeof Atomics, typeof SharedArrayBuffer, typeof WebAssembly, (() => { try { new SharedArrayBuffer(1); return true; } catch { return false; } })()].join()";
    private const string Contained = "function,function,/b,function,object,function,object,false";
    private const string Full = "function,function,/b,function,object,function,object,true";

    /// <param name="blob">The image.</param>
    /// <param name="settings">JSON of the settings.</param>
    /// <param name="entries">For the default context, then for each further one: the module that has been evaluated in it, empty for scripts of the user's, <see langword="null"/> for neither.</param>
    /// <exception cref="InvalidDataException">A context is not what it should be.</exception>
    public static void Check(ReadOnlySpan<byte> blob, string settings, IReadOnlyList<string?> entries)
    {
        using var memory = ImageMemory.Load(blob);
        using var runtime = CreateRuntime(memory);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < entries.Count; i++)
            {
                Check(runtime, NativeContexts.Default + i, settings, entries[i]);
            }
        }
    }

    private static V8Runtime CreateRuntime(ImageMemory memory)
    {
        using var scope = NativeIsolates.From(memory);
        return new V8Runtime("image probe");
    }

    private static void Check(V8Runtime runtime, int index, string settings, string? entry)
    {
        List<string> told = [];
        using var engine = CreateEngine(runtime, index);
        using var take = (ScriptObject)engine.Evaluate(Bundles.Take.Document, Bundles.Take.Code);
        using var enter = (ScriptObject)take.Invoke(false, new V8FastHostFunction("host", 1, (bool _, in V8FastArgs args, in V8FastResult result) =>
        {
            var op = (HostOp)args.GetInt32(0);
            if (op == HostOp.Report)
            {
                told.Add(args.GetString(2));
            }
            else if (op == HostOp.ModuleDone)
            {
                told.Add(args.TryGet(2, out string error) ? error : args.IsTruthy(3) ? "fetch" : "no handler");
            }
            else if (op == HostOp.Result)
            {
                told.Add(args.GetString(3));
            }

            result.SetUndefined();
        }));
        enter.Invoke(false, (int)EntryOp.Configure, settings);
        if (entry is "")
        {
            // What scripts have made of the globals is theirs: that it answers is all there is to see.
            enter.Invoke(false, (int)EntryOp.Evaluate, 1, "1", "probe");
            Expect(told, "1", index);
        }
        else if (entry is not null)
        {
            enter.Invoke(false, (int)EntryOp.EvaluateModule, 1, entry);
            Expect(told, "fetch", index);
        }
        else
        {
            // Only here: a function may have changed what this asks for, in its own context.
            enter.Invoke(false, (int)EntryOp.Evaluate, 1, Inspection, "probe");
            Expect(told, settings.Contains("\"Contained\"", StringComparison.Ordinal) ? Contained : Full, index);
        }
    }

    private static V8ScriptEngine CreateEngine(V8Runtime runtime, int index)
    {
        using var scope = NativeContexts.At(index, ownQueue: false);
        return runtime.CreateScriptEngine(ContextEngine.Flags);
    }

    private static void Expect(List<string> told, string expected, int index)
    {
        if (told is not [var only] || only != expected)
        {
            throw new InvalidDataException($"context {index} of the image answers '{string.Join("; ", told)}' where '{expected}' was expected");
        }
    }
}
