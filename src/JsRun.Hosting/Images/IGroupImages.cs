using JsRun.Engine.Isolates;
using JsRun.Engine.Scripts;

namespace JsRun.Images;

/// <summary>The seam between the tiers: what the isolates of a pool group start from. Thread-safe.</summary>
internal interface IGroupImages : IDisposable
{
    /// <summary>Called, on any thread, when isolates that are made from now on start from something better: replaces those that are there, and ends when that is done.</summary>
    Func<Task>? Changed { get; set; }

    /// <summary>What an isolate that is made now starts from: release it with the isolate. <see langword="null"/> where everything is replayed.</summary>
    IsolateImage? Acquire();

    /// <summary>A function serves from now on.</summary>
    void Add(ImageFunction function);

    /// <summary>A function, or a version of it, serves no longer.</summary>
    void Remove(ImageFunction function);

    ContextTier TierOf(ScriptGraph graph);
}
