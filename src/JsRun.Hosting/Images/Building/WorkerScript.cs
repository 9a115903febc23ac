namespace JsRun.Images.Building;

/// <summary>A script of a job.</summary>
/// <param name="Name">What stack traces call it.</param>
/// <param name="Code">Its code, or <see langword="null"/> for the runtime's bundle or the tables, which the worker has itself.</param>
internal sealed record WorkerScript(string Name, string? Code);
