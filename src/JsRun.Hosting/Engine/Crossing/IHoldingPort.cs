using JsRun.Engine.Operations;

namespace JsRun.Engine.Crossing;

/// <summary>A port that holds something for operations. Its disposal, with its context, ends all of that.</summary>
internal interface IHoldingPort : IHostPort, IDisposable
{
    /// <summary>Lets go of what it holds for an operation. JavaScript hears nothing of it.</summary>
    void Release(Operation operation);
}
