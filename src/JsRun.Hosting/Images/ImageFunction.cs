using JsRun.Engine.Scripts;

namespace JsRun.Images;

/// <summary>A function that is to have a context in an image.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Graph">Its modules.</param>
internal sealed record ImageFunction(string Name, ScriptGraph Graph);
