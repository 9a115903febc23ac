using JsRun.Engine.Contexts;

namespace JsRun.Engine.Crossing;

/// <summary>
/// One of those who answer what the JavaScript of a context asks of the host. Each operation (<see cref="HostOp"/>) has one port, which
/// <see cref="HostPortTable"/> finds; whatever scripts are to reach becomes a row of that table, and no second way across.
/// </summary>
/// <remarks>
/// The contract, which allows a port to stand in another process than the context that asks:
/// <list type="bullet">
/// <item>What is asked and what is answered are plain data: numbers, booleans, text, nothing. Bytes are staged in the transfer buffer. A thing that lives
/// on at the host, such as a key or a body, is a number, which means something in its own context only, and goes with it.</item>
/// <item>A request carries the operation that it belongs to (<see cref="HostRequest.Operation"/>). On its account limits are counted and permissions are
/// checked, and with it goes what it holds (<see cref="IHoldingPort"/>).</item>
/// <item>A port answers at once. What takes longer is posted out, and comes back as a message with the number by which it was asked for, which enters
/// JavaScript (<see cref="EntryOp"/>). A port never enters JavaScript from within an answer.</item>
/// <item>What cannot be done is said in the answer. An exception is a fault of the host's: it ends the operation that the request belongs to.</item>
/// </list>
/// All members are called on the isolate's thread, unless they say otherwise.
/// </remarks>
internal interface IHostPort
{
    /// <summary>Answers one of its operations.</summary>
    void Answer(in HostRequest request, in HostReply reply);
}

/// <summary>A port as a row of the table: which operations it answers, and how a context comes by its own.</summary>
/// <typeparam name="TSelf">The port itself.</typeparam>
internal interface IHostPort<TSelf> : IHostPort
    where TSelf : class, IHostPort<TSelf>
{
    /// <summary>What it answers: it, and no other port.</summary>
    static abstract IReadOnlyList<HostOp> Ops { get; }

    /// <summary>The port of a context, which asks for it once, when it is first needed.</summary>
    static abstract TSelf Of(V8Context context);
}
