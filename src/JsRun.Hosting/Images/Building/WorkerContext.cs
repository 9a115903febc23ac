namespace JsRun.Images.Building;

/// <summary>One context of an image to be built.</summary>
/// <param name="Name">The function, for messages.</param>
/// <param name="Scripts">Run in order.</param>
/// <param name="Question">Evaluated at the end; what it throws speaks against the context.</param>
/// <param name="EntryUrl">The module that a restored context is asked for; <see cref="UserScripts"/> where scripts of the user's have run in it; <see langword="null"/> where nothing has.</param>
internal sealed record WorkerContext(string Name, IReadOnlyList<WorkerScript> Scripts, string? Question, string? EntryUrl)
{
    /// <summary>In the place of a module.</summary>
    public const string UserScripts = "";
}
