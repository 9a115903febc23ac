namespace JsRun.Engine.Operations;

/// <summary>Whatever ends with one value: an evaluation, an import, a call, the read of a stream.</summary>
internal abstract class ValueOperation : Operation
{
    /// <summary>It has its value. The first outcome counts; on the isolate's thread.</summary>
    public abstract void CompleteValue(object? value);
}
