namespace JsRun.Images.Building;

/// <summary>
/// Builds images in workers. Where a worker is ended by what it was given, each function is tried alone, so that one that V8 cannot serialise costs the others nothing.
/// </summary>
internal sealed class WorkerImageBuilder(WorkerProcess worker) : IImageBuilder
{
    public async Task<BuiltImage> BuildAsync(ImageRecipe recipe, CancellationToken cancellationToken)
    {
        var unfit = new Dictionary<ImageFunction, string>();
        var functions = recipe.Functions;
        try
        {
            return await BuildAllAsync(recipe, functions, unfit, cancellationToken).ConfigureAwait(false);
        }
        catch (WorkerException e) when (e.IsFault && functions.Count > 0)
        {
            foreach (var function in functions)
            {
                if (await FindFaultAsync(recipe, function, cancellationToken).ConfigureAwait(false) is { } fault)
                {
                    unfit[function] = fault;
                }
            }

            if (unfit.Count == 0)
            {
                // Each alone is fine: together they take too much.
                throw new WorkerException(e.Message, isFault: false, e);
            }

            return await BuildAllAsync(recipe, [.. functions.Where(f => !unfit.ContainsKey(f))], unfit, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<BuiltImage> BuildAllAsync(ImageRecipe recipe, IReadOnlyList<ImageFunction> functions, Dictionary<ImageFunction, string> unfit, CancellationToken cancellationToken)
    {
        var (reply, blob) = await worker.RunAsync(ImageScripts.Build(recipe, functions), default, cancellationToken).ConfigureAwait(false);
        if (blob.Length == 0)
        {
            throw new WorkerException("the worker answered without an image", isFault: false);
        }

        var kept = functions.Where((_, i) => !reply.Unfit.ContainsKey(i)).ToArray();
        await worker.RunAsync(ImageScripts.Verify(recipe, kept), blob, cancellationToken).ConfigureAwait(false);
        foreach (var (index, reason) in reply.Unfit)
        {
            unfit[functions[index]] = reason;
        }

        return new BuiltImage(blob, kept, unfit);
    }

    private async Task<string?> FindFaultAsync(ImageRecipe recipe, ImageFunction function, CancellationToken cancellationToken)
    {
        try
        {
            await BuildAllAsync(recipe, [function], [], cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (WorkerException e) when (e.IsFault)
        {
            return e.Message;
        }
    }
}
