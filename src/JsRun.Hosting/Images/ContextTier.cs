namespace JsRun.Images;

/// <summary>What a function's pristine contexts start from, and why where it is not the best.</summary>
internal sealed record ContextTier(JsImageTier Tier, string? Reason)
{
    public static ContextTier Heap { get; } = new(JsImageTier.Heap, null);

    public static ContextTier Replay(string reason) => new(JsImageTier.Replay, reason);
}
