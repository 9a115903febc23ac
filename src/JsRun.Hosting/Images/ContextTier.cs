namespace JsRun.Images;

/// <summary>What a function's pristine contexts start from, and why where it is not the best.</summary>
internal sealed record ContextTier(JsImageTier Tier, string? Reason)
{
    public static ContextTier Heap { get; } = new(JsImageTier.Heap, null);

    public static ContextTier Hardened { get; } = new(JsImageTier.Hardened, null);

    public static ContextTier Replay(string reason) => new(JsImageTier.Replay, reason);

    /// <summary>The same tier, with a reason that comes first.</summary>
    public ContextTier Because(string reason) => this with { Reason = Reason is null ? reason : $"{reason} {Reason}" };
}
