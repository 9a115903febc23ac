namespace JsRun;

/// <summary>Images of pristine contexts (section <c>JsRun:Images</c>).</summary>
public sealed class JsRunImagesOptions
{
    /// <summary>What a pristine context starts from (key <c>Tier</c>).</summary>
    /// <value>The default is <see cref="JsImageTier.Auto"/>.</value>
    public JsImageTier Tier { get; set; } = JsImageTier.Auto;

    /// <summary>The folder of cached images (key <c>CachePath</c>). It must belong to the current user alone (mode 0700): an image is code.</summary>
    /// <value>The default is <see langword="null"/>: <c>jsrun</c> in the user's cache folder.</value>
    public string? CachePath { get; set; }
}
