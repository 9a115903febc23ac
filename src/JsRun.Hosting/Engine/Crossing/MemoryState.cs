namespace JsRun.Engine.Crossing;

/// <summary>What a context says of its memories of WebAssembly. Mirrors <c>MemoryState</c> of <c>JavaScript/src/kernel/ops.ts</c>.</summary>
internal enum MemoryState
{
    Made = 0,
    MayGrow = 1,
    Exceeded = 2,
    Short = 3,
}
