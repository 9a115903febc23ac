namespace JsRun.Images.Building;

/// <summary>What came of a job. The blob follows it where one was built.</summary>
/// <param name="Error">What went wrong, or <see langword="null"/>.</param>
/// <param name="Unfit">The contexts, by their index in the job, that cannot be part of an image, and why. The blob holds the others, in their order.</param>
internal sealed record WorkerReply(string? Error, IReadOnlyDictionary<int, string> Unfit);
