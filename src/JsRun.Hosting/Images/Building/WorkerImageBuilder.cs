using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace JsRun.Images.Building;

/// <summary>
/// Builds images in workers. Where a worker is ended by what it was given, the functions are tried in halves, and those in halves again, so that one that V8 cannot serialise costs
/// the others their image for a few builds only. The builds of all groups take turns.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The semaphore has no wait handle that would have to be closed.")]
internal sealed class WorkerImageBuilder(RunWorker run, ILogger logger) : IImageBuilder
{
    // Beside those that find one function: each of two halves, as often as the functions can be halved.
    private const int MostExtraBuilds = 16;

    // Two, so that a group whose function hangs does not keep the others waiting: each gets its turn after one build.
    private readonly SemaphoreSlim _turns = new(2);

    public async Task<BuiltImage> BuildAsync(ImageRecipe recipe, CancellationToken cancellationToken)
    {
        var functions = recipe.Functions;
        try
        {
            return await BuildAllAsync(recipe, functions, cancellationToken).ConfigureAwait(false);
        }
        catch (WorkerException e) when (e.IsFault && functions.Count > 0)
        {
            logger.BuildInParts(recipe.Scope, functions.Count, e.Message);
            var search = new ImageSearch(part => BuildAllAsync(recipe, part, cancellationToken), MostExtraBuilds + (2 * (int)Math.Ceiling(Math.Log2(functions.Count))));
            return await search.FindAsync(functions, e).ConfigureAwait(false);
        }
    }

    private async Task<BuiltImage> BuildAllAsync(ImageRecipe recipe, IReadOnlyList<ImageFunction> functions, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var (reply, blob) = await run(ImageScripts.Build(recipe, functions), default, cancellationToken).ConfigureAwait(false);
            if (blob.Length == 0)
            {
                throw new WorkerException("the worker answered without an image", isFault: false);
            }

            var kept = functions.Where((_, i) => !reply.Unfit.ContainsKey(i)).ToArray();
            await run(ImageScripts.Verify(recipe, kept), blob, cancellationToken).ConfigureAwait(false);
            return new BuiltImage(blob, kept, reply.Unfit.ToDictionary(u => functions[u.Key], static u => u.Value), new Dictionary<ImageFunction, string>());
        }
        finally
        {
            _turns.Release();
        }
    }
}
