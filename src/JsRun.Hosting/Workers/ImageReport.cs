namespace JsRun.Workers;

/// <summary>The outcome of a job, without the image itself.</summary>
/// <param name="Error">Why there is none.</param>
/// <param name="IsFault">Whether the error is the job's.</param>
/// <param name="IsTimeout">Whether the time was not enough.</param>
/// <param name="Unfit">The contexts that cannot be in an image, and why.</param>
internal sealed record ImageReport(string? Error, bool IsFault, bool IsTimeout, IReadOnlyDictionary<int, string> Unfit);
