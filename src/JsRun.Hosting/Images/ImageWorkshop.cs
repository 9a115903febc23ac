using System.Collections.Concurrent;
using JsRun.Diagnostics;
using JsRun.Engine.Isolates;
using JsRun.Images.Building;
using Microsoft.Extensions.Logging;

namespace JsRun.Images;

/// <summary>Gets images: from the cache, or built. Thread-safe.</summary>
internal sealed class ImageWorkshop(ImageIdentity identity, ImageCache cache, IImageBuilder builder, TimeProvider time, JsRunMetrics metrics, ILogger logger) : IDisposable
{
    // What was left out of an image that had as many functions as there could be: the next build does not find that out anew. By scope and fingerprint.
    private readonly ConcurrentDictionary<(string Scope, string Fingerprint), string> _leftOut = new();
    private readonly CancellationTokenSource _stopping = new();

    public TimeProvider Time => time;

    public ILogger Logger => logger;

    public CancellationToken Stopping => _stopping.Token;

    /// <summary>The image that this scope had the last time, if it is of the same engine and settings.</summary>
    public IsolateImage? Remembered(ImageRecipe recipe) => cache.Note(ReferenceOf(recipe)) is { Length: 64 } key && key.All(char.IsAsciiHexDigitLower) ? cache.Load(key) : null;

    public void Remember(ImageRecipe recipe, IsolateImage image) => cache.SaveNote(ReferenceOf(recipe), image.Key);

    /// <summary>The image of a recipe, without those of its functions that cannot be in it.</summary>
    /// <exception cref="WorkerException">It could not be built.</exception>
    public async Task<(IsolateImage Image, IReadOnlyDictionary<ImageFunction, string> Unfit)> GetAsync(ImageRecipe recipe)
    {
        var unfit = new Dictionary<ImageFunction, string>();
        foreach (var function in recipe.Functions)
        {
            if (cache.Note(NoteOf(recipe, function)) is { } known || _leftOut.TryGetValue((recipe.Scope, function.Graph.Fingerprint), out known))
            {
                unfit[function] = known;
            }
        }

        var wanted = recipe with { Functions = [.. recipe.Functions.Where(f => !unfit.ContainsKey(f))] };
        var started = time.GetTimestamp();
        if (cache.Load(wanted.Key(identity)) is { } cached)
        {
            Ready(recipe, cached, "from the cache", started);
            return (cached, unfit);
        }

        var image = await BuildAsync(wanted, unfit).ConfigureAwait(false);
        Ready(recipe, image, "built", started);
        return (image, unfit);
    }

    public void Dispose() => _stopping.Cancel();

    private async Task<IsolateImage> BuildAsync(ImageRecipe recipe, Dictionary<ImageFunction, string> unfit)
    {
        BuiltImage built;
        try
        {
            built = await builder.BuildAsync(recipe, Stopping).ConfigureAwait(false);
        }
        catch (WorkerException)
        {
            metrics.ImageBuilt(recipe.Scope, "failed");
            throw;
        }

        metrics.ImageBuilt(recipe.Scope, "built");
        foreach (var (function, reason) in built.Unfit)
        {
            unfit[function] = reason;
            logger.FunctionUnfit(function.Name, reason);
            cache.SaveNote(NoteOf(recipe, function), reason);
        }

        foreach (var (function, reason) in built.LeftOut)
        {
            unfit[function] = reason;
            _leftOut[(recipe.Scope, function.Graph.Fingerprint)] = reason;
        }

        if (built.LeftOut.Count > 0)
        {
            logger.FunctionsLeftOut(built.LeftOut.Count, recipe.Scope, built.LeftOut.Values.First());
        }

        // Named by what is in it.
        var header = new ImageHeader((recipe with { Functions = built.Functions }).Key(identity), recipe.Scope, [.. built.Functions.Select(f => f.Graph.Fingerprint)]);
        cache.Save(header, built.Blob);
        return new IsolateImage(header.Key, built.Blob, header.Functions);
    }

    private void Ready(ImageRecipe recipe, IsolateImage image, string source, long started) =>
        logger.ImageReady(recipe.Scope.Length == 0 ? "The web layer" : recipe.Scope, image.Size >> 10, image.Functions.Count(), source, (long)time.GetElapsedTime(started).TotalMilliseconds);

    private string NoteOf(ImageRecipe recipe, ImageFunction function) => $"{recipe.KeyOf(function, identity)}.unfit";

    /// <summary>One for each application and group: what was used last is a good guess for the next start.</summary>
    private string ReferenceOf(ImageRecipe recipe) => $"{ImageHash.Of([identity.Text, AppContext.BaseDirectory, recipe.Scope, recipe.Settings])}.latest";
}
