using JsRun.Engine.Isolates;
using JsRun.Engine.Scripts;

namespace JsRun.Images;

/// <summary>The tier that works everywhere: scripts are replayed with V8's code cache.</summary>
internal sealed class GroupReplayImages(string reason) : IGroupImages
{
    private readonly ContextTier _tier = ContextTier.Replay(reason);

    public Func<Task>? Changed { get; set; }

    public IsolateImage? Acquire() => null;

    public void Add(ImageFunction function)
    {
    }

    public void Remove(ImageFunction function)
    {
    }

    public ContextTier TierOf(ScriptGraph graph) => _tier;

    public void Dispose()
    {
    }
}
