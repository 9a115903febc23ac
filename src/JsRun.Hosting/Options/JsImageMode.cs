namespace JsRun;

/// <summary>Specifies the image tier for which the application asks (<see cref="JsRunImagesOptions.Tier"/>).</summary>
public enum JsImageMode
{
    /// <summary>The cheapest tier that is right for the function, and that the platform allows: <see cref="Hardened"/>, else <see cref="Heap"/>, else <see cref="Replay"/>. The default.</summary>
    Auto,

    /// <summary><see cref="JsImageTier.Heap"/>, or no start if the platform does not allow it.</summary>
    Heap,

    /// <summary><see cref="JsImageTier.Replay"/>.</summary>
    Replay,

    /// <summary><see cref="JsImageTier.Hardened"/> for each function that allows it, or no start if the platform does not.</summary>
    Hardened,
}
