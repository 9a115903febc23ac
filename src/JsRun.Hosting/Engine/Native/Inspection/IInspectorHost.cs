namespace JsRun.Engine.Native.Inspection;

/// <summary>What V8 has an isolate do for its debuggers. On the isolate's thread, with the isolate entered.</summary>
internal interface IInspectorHost
{
    /// <summary>A debugger has paused what runs: serves debuggers, and returns after <see cref="EndPause"/>.</summary>
    void RunWhilePaused();

    /// <summary>The script is to go on.</summary>
    void EndPause();

    /// <summary>A debugger says that it is ready: what waits for it begins.</summary>
    void EndWait();
}
