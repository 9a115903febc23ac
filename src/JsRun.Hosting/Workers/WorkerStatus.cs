namespace JsRun.Workers;

/// <summary>A worker of a group, as <c>/_jsrun</c> shows it.</summary>
/// <param name="Group">The pool group.</param>
/// <param name="Pid">The process; <see langword="null"/> if there is none.</param>
/// <param name="State">Its state.</param>
/// <param name="Restarts">The number of processes that ended by themselves.</param>
/// <param name="Sandbox">The measures that confine it; <see langword="null"/> if there are none.</param>
internal sealed record WorkerStatus(string Group, int? Pid, WorkerState State, int Restarts, IReadOnlyDictionary<string, object>? Sandbox);
