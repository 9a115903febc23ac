using JsRun.Bindings;

namespace JsRun.Workers.Brokering;

#pragma warning disable MA0048, SA1402 // The vocabulary of one protocol.

/// <summary>A call of a host function.</summary>
/// <param name="Token">The token of the request on whose behalf it is called; empty if there is none.</param>
/// <param name="Function">The number of the function.</param>
/// <param name="Arguments">The arguments: a list.</param>
internal sealed record HostCallOrder(string Token, int Function, PackedValue Arguments);

/// <summary>The outcome of <see cref="HostCallOrder"/>.</summary>
/// <param name="Value">What it returned.</param>
/// <param name="IsPromise">Whether it was a task.</param>
/// <param name="Error">What the script sees of the exception.</param>
internal sealed record HostCallReport(PackedValue? Value, bool IsPromise, HostErrorText? Error);
