namespace JsRun.Images.Building;

/// <summary>Builds images. Thread-safe.</summary>
internal interface IImageBuilder
{
    /// <summary>Builds and verifies.</summary>
    /// <exception cref="WorkerException">It could not be done.</exception>
    Task<BuiltImage> BuildAsync(ImageRecipe recipe, CancellationToken cancellationToken);
}
