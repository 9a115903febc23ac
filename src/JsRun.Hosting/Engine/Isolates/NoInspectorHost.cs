using JsRun.Engine.Native.Inspection;

namespace JsRun.Engine.Isolates;

/// <summary>Never pauses: for the self-test.</summary>
internal sealed class NoInspectorHost : IInspectorHost
{
    public void RunWhilePaused()
    {
    }

    public void EndPause()
    {
    }

    public void EndWait()
    {
    }
}
