
namespace JsRun.Engine.Native.Images;

/// <summary>One context of an image.</summary>
/// <param name="Scripts">Run in order, each followed by its microtasks.</param>
/// <param name="Question">An expression that is evaluated at the end; its value is told as text.</param>
internal sealed record HeapContext(IReadOnlyList<HeapScript> Scripts, string? Question = null)
{
    /// <summary>Gets whether its first script is the runtime, which offers lazy globals.</summary>
    public bool HasKernel => Scripts is [{ Name: var name }, ..] && name == HeapScript.KernelName;

    /// <summary>The script name of a question, in errors.</summary>
    public const string QuestionName = "question";
}
