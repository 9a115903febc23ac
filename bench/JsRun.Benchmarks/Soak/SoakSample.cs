namespace JsRun.Benchmarks;

/// <summary>The memory after so many requests, in bytes: all but the first after a full collection of .NET's garbage.</summary>
/// <param name="Requests">How many there were.</param>
/// <param name="Before">What was resident before that collection.</param>
/// <param name="Resident">What is resident after it.</param>
/// <param name="Managed">What is alive on .NET's heap.</param>
/// <param name="Committed">What .NET's heap has from the system.</param>
/// <param name="HeapUsed">What is used of V8's heaps, garbage that V8 has not collected included.</param>
/// <param name="HeapTotal">What V8's heaps have from the system.</param>
/// <param name="Allocated">What C code holds by <c>malloc</c>, V8's images included; 0 where it cannot be asked.</param>
internal sealed record SoakSample(int Requests, long Before, long Resident, long Managed, long Committed, long HeapUsed, long HeapTotal, long Allocated);
