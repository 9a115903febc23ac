using System.Runtime.ExceptionServices;
using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Handles;
using Microsoft.ClearScript.V8;
using Microsoft.ClearScript.V8.FastProxy;

namespace JsRun.Engine.Native.Images;

/// <summary>
/// Builds heap images. V8 ends the process where it cannot serialise something, so this belongs into a process of its own. In the contexts under construction there are no host
/// functions, no <c>WebAssembly</c> and no <c>SharedArrayBuffer</c>.
/// </summary>
internal static class HeapImageBuilder
{
    private const int StackBytes = 16 * 1024 * 1024;

    /// <summary>Runs the scripts of every context and serialises the heap, with the code of the functions that ran.</summary>
    /// <param name="defaultContext">What every context is that asks for no other.</param>
    /// <param name="contexts">The further ones, by index.</param>
    /// <param name="rehearsal">Runs after the kernel in a context that does not become part of the image, so that the code that V8 compiles for it does.</param>
    /// <exception cref="HeapImageException">A script threw.</exception>
    public static HeapImage Build(HeapContext defaultContext, IReadOnlyList<HeapContext> contexts, HeapScript? rehearsal = null)
    {
        HeapImage? image = null;
        Exception? error = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    image = BuildHere(defaultContext, contexts, rehearsal);
                }
                catch (Exception e)
                {
                    error = e;
                }
            },
            StackBytes)
        { IsBackground = true, Name = "JsRun image builder" };
        thread.Start();
        thread.Join();
        if (error is not null)
        {
            ExceptionDispatchInfo.Throw(error);
        }

        return image!;
    }

    private static HeapImage? BuildHere(HeapContext defaultContext, IReadOnlyList<HeapContext> contexts, HeapScript? rehearsal)
    {
        using var scope = NativeIsolates.From(null);
        using var owner = new V8Runtime("image builder");
        if (scope is not { Isolate.V8: { } v8, ClearScriptData: { IsNull: false } clearScript })
        {
            throw new NativeLayerException("the hook of Isolate::Initialize was not called");
        }

        using var engine = owner.CreateScriptEngine(V8ScriptEngineFlags.DisableGlobalMembers);
        HeapImage? image = null;
        Exception? error = null;
        // From within a callback: ClearScript's platform needs the state of the thread that it sets up around scripts.
        engine.Global.SetProperty("build", new V8FastHostFunction("build", 0, (bool _, in V8FastArgs _, in V8FastResult result) =>
        {
            try
            {
                image = Build(v8, clearScript, defaultContext, contexts, rehearsal);
            }
            catch (Exception e)
            {
                error = e;
            }

            result.SetUndefined();
        }));
        engine.Execute("build()");
        if (error is not null)
        {
            ExceptionDispatchInfo.Throw(error);
        }

        return image;
    }

    private static HeapImage Build(V8Api v8, OpaquePtr clearScriptData, HeapContext defaultContext, IReadOnlyList<HeapContext> contexts, HeapScript? rehearsal)
    {
        using var build = new V8SnapshotBuild(v8, clearScriptData);
        // V8's own default context stays plain: it is that of the isolate's engine, in which none of this is wanted.
        build.Add(new HeapContext([]), isDefault: true);
        List<string?> answers = [build.Add(defaultContext, isDefault: false)];
        if (defaultContext.HasKernel && rehearsal is not null)
        {
            build.Rehearse(new HeapContext([defaultContext.Scripts[0], rehearsal]));
        }

        for (var i = 0; i < contexts.Count; i++)
        {
            try
            {
                answers.Add(build.Add(contexts[i], isDefault: false));
            }
            catch (HeapImageException e)
            {
                e.Context = i;
                throw;
            }
        }

        return new HeapImage(build.CreateBlob(), answers);
    }
}
