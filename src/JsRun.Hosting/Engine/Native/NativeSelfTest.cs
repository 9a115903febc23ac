using Microsoft.ClearScript.V8;

namespace JsRun.Engine.Native;

/// <summary>Tries each capability on an isolate of its own before anything relies on it.</summary>
internal static class NativeSelfTest
{
    private const int OldSpaceMebibytes = 77;
    private const V8ScriptEngineFlags Flags = V8ScriptEngineFlags.DisableGlobalMembers;

    /// <summary>The hooks are called, and the parameters of an isolate are laid out as expected.</summary>
    public static void Isolates()
    {
        using var scope = NativeIsolates.From(null);
        using (new V8Runtime(new V8RuntimeConstraints { MaxOldSpaceSize = OldSpaceMebibytes }))
        {
            Expect(scope.Isolate is not null, "the hook of Isolate::Initialize was not called");
            Expect(scope.Parameters is { MaxOldGenerationSize: OldSpaceMebibytes * (nint)1048576, SnapshotBlob: 0, ArrayBufferAllocator: 0, SharedArrayBufferAllocator: not 0 }, $"Isolate::CreateParams is laid out otherwise ({scope.Parameters})");
            Expect(NativeIsolates.Find(scope.Isolate!.Handle) == scope.Isolate, "the isolate is not known");
        }

        Expect(NativeIsolates.Find(scope.Isolate.Handle) is null, "the hook of Isolate::Dispose was not called");
    }

    /// <summary>Two contexts of an isolate have queues of their own, and one outlives the other's end.</summary>
    public static void Queues()
    {
        using var scope = NativeIsolates.From(null);
        using var runtime = new V8Runtime();
        using var first = CreateEngine(runtime, out var queue);
        Settle(first);
        for (var i = 0; i < 2; i++)
        {
            using var other = CreateEngine(runtime, out var othersQueue);
            Expect(othersQueue.Address != queue.Address, "two contexts have the same microtask queue");
            Settle(other);
            othersQueue.Abandon();
        }

        Settle(first);
    }

    private static V8ScriptEngine CreateEngine(V8Runtime runtime, out ContextQueue queue)
    {
        using var scope = NativeContexts.At(NativeContexts.Default, ownQueue: true);
        var engine = runtime.CreateScriptEngine(Flags);
        queue = scope.Queue ?? throw new NativeLayerException("the hook of Context::New was not called");
        return engine;
    }

    private static void Settle(V8ScriptEngine engine)
    {
        engine.Execute("globalThis.steps = 0; Promise.resolve().then(() => { steps++ }).then(() => { steps++ })");
        Expect(engine.Evaluate("steps") is 2, "microtasks do not run");
    }

    private static void Expect(bool condition, string error)
    {
        if (!condition)
        {
            throw new NativeLayerException(error);
        }
    }
}
