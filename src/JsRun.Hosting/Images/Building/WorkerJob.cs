namespace JsRun.Images.Building;

/// <summary>What a worker is asked to do. The blob to verify follows it.</summary>
/// <param name="Mode">What to do.</param>
/// <param name="Settings">JSON of the contexts' settings, without <c>env</c>.</param>
/// <param name="Default">The default context.</param>
/// <param name="Contexts">The further ones, by index.</param>
/// <param name="MaxMemoryBytes">What the process may take; it ends itself where it takes more.</param>
internal sealed record WorkerJob(WorkerMode Mode, string Settings, WorkerContext Default, IReadOnlyList<WorkerContext> Contexts, long MaxMemoryBytes);
