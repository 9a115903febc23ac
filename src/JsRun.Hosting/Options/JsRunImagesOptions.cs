using JsRun.Options.Validation;

namespace JsRun;

/// <summary>Images of pristine contexts (section <c>JsRun:Images</c>).</summary>
/// <remarks>Read when the host starts; later changes have no effect. Not thread-safe while it is being filled.</remarks>
public sealed class JsRunImagesOptions
{
    /// <summary>Gets or sets how a request gets its pristine state (key <c>Tier</c>). <see cref="JsImageMode.Heap"/> and <see cref="JsImageMode.Hardened"/> stop the start if the platform does not allow them; a function that cannot be served from that tier is served from another.</summary>
    /// <value>The default is <see cref="JsImageMode.Auto"/>.</value>
    public JsImageMode Tier { get; set; } = JsImageMode.Auto;

    /// <summary>The folder of cached images (key <c>CachePath</c>). It must belong to the current user alone (mode 0700), or the start stops: an image is code.</summary>
    /// <value>The default is <see langword="null"/>: <c>jsrun/images</c> in the user's cache folder.</value>
    public string? CachePath { get; set; }

    /// <summary>Gets or sets the maximum size of all cached images together, in bytes (key <c>MaxCacheBytes</c>); those that were not used for longest go first.</summary>
    /// <value>The default is 1 GiB; from 16 MiB to 1 TiB.</value>
    [AllowedNumber(16L << 20, 1L << 40)]
    public long MaxCacheBytes { get; set; } = 1L << 30;
}
