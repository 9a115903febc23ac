using JsRun.Engine.Crossing;
using JsRun.Streams;

namespace JsRun.Engine.Operations;

/// <summary>A request that a handler answers. All of this comes on the isolate's thread.</summary>
internal abstract class RequestOperation : Operation
{
    /// <summary>The handler answered.</summary>
    /// <param name="head">Status and headers.</param>
    /// <param name="kind">What the body is.</param>
    /// <param name="text">A body of text.</param>
    /// <param name="bytes">A body of bytes, rented.</param>
    /// <param name="length">How many bytes there are, or will come; negative if nobody knows.</param>
    public abstract void Respond(ResponseHead head, BodyKind kind, string? text, byte[]? bytes, long length);

    /// <summary>The handler threw.</summary>
    public abstract void HandlerFailed(ScriptError error);

    /// <summary>The request's URL is not one.</summary>
    public abstract void RequestRefused();

    /// <summary>A <c>waitUntil</c> promise was added.</summary>
    public abstract void WaitUntil();

    /// <summary>The response has ended and so have all <c>waitUntil</c> promises.</summary>
    public abstract void Settled();

    /// <summary>Nothing of it can go on.</summary>
    public abstract void Stalled();

    /// <summary>Of what it left behind, the last timeout has come.</summary>
    public abstract void TimeoutsEnded();

    /// <summary>It is to end without waiting for anything.</summary>
    public abstract void GiveUp();

    /// <summary>Nobody reads its response any more.</summary>
    public abstract void ReaderGone();

    /// <summary>JavaScript has run as far as it can without the host, on whoever's behalf; the context calls it for those that it watches.</summary>
    public abstract void EntryEnded();
}
