namespace JsRun.Engine.Native.Images;

/// <summary>A classic script to run while an image is built.</summary>
/// <param name="Name">Its name in stacks and errors.</param>
/// <param name="Code">Its text.</param>
internal sealed record HeapScript(string Name, string Code)
{
    /// <summary>The name of the runtime's own script, which offers lazy globals.</summary>
    public const string KernelName = "jsrun:runtime";
}
