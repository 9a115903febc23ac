using JsRun.Engine.Scripts;

namespace JsRun.Images;

/// <summary>What goes into an image: the web layer, and for each function its modules, evaluated. Nothing of <c>env</c>.</summary>
/// <param name="Scope">Whose it is: a pool group, or the empty string for the web layer alone, which all share.</param>
/// <param name="Settings">JSON of <see cref="KernelSettings"/> without <c>env</c>: they shape the surface before a function's top level runs.</param>
/// <param name="Functions">The functions, by the index of their contexts.</param>
internal sealed record ImageRecipe(string Scope, string Settings, IReadOnlyList<ImageFunction> Functions)
{
    /// <summary>What names the image. The web layer alone holds nothing of a group's, and is the same for all.</summary>
    public string Key(ImageIdentity identity) => Functions.Count == 0 ? ImageHash.Of([identity.Text]) : ImageHash.Of([identity.Text, Scope, Settings, .. Functions.Select(f => f.Graph.Fingerprint)]);

    /// <summary>For what is known of a single function.</summary>
    public string KeyOf(ImageFunction function, ImageIdentity identity) => ImageHash.Of([identity.Text, Settings, function.Graph.Fingerprint]);
}
