namespace JsRun.Images.Building;

/// <summary>Finds what of a group's functions can be in an image, where not all can: by halves, and with a bounded number of builds.</summary>
/// <param name="build">Builds an image of some.</param>
/// <param name="mostBuilds">How often it may.</param>
internal sealed class ImageSearch(Func<IReadOnlyList<ImageFunction>, Task<BuiltImage>> build, int mostBuilds)
{
    private readonly Dictionary<ImageFunction, string> _unfit = [];
    private readonly Dictionary<ImageFunction, string> _leftOut = [];
    private readonly List<ImageFunction> _fit = [];
    private readonly List<ImageFunction> _untried = [];
    private BuiltImage? _largest;
    private int _builds;

    /// <param name="functions">All.</param>
    /// <param name="fault">Why an image of all cannot be built.</param>
    /// <exception cref="WorkerException">There is none of any.</exception>
    public async Task<BuiltImage> FindAsync(IReadOnlyList<ImageFunction> functions, WorkerException fault)
    {
        await SplitAsync(functions, fault).ConfigureAwait(false);
        // In the order in which they came: the same functions are the same image.
        var fit = functions.Where(_fit.Contains).ToArray();
        if (fit.Length != _largest?.Functions.Count)
        {
            await TryAsync(fit, last: true).ConfigureAwait(false);
        }

        var image = _largest ?? throw new WorkerException(fault.Message, isFault: false, fault);
        foreach (var function in functions.Except(image.Functions).Except(_unfit.Keys).Except(_leftOut.Keys).ToArray())
        {
            _leftOut[function] = _untried.Contains(function)
                ? $"too many functions of the group cannot be part of an image to find out which ({fault.Message})"
                : $"the functions of the group are too many, or too large, for one image ({fault.Message})";
        }

        return image with { Unfit = _unfit, LeftOut = _leftOut };
    }

    private async Task SplitAsync(IReadOnlyList<ImageFunction> functions, WorkerException fault)
    {
        if (functions.Count == 1)
        {
            // A machine that is busy says nothing of a function.
            (fault.IsTimeout ? _leftOut : _unfit)[functions[0]] = fault.Message;
            return;
        }

        var half = (functions.Count + 1) / 2;
        foreach (var part in new[] { functions.Take(half).ToArray(), functions.Skip(half).ToArray() })
        {
            if (await TryAsync(part, last: false).ConfigureAwait(false) is { } worse)
            {
                await SplitAsync(part, worse).ConfigureAwait(false);
            }
        }
    }

    /// <returns>Why there is no image of them.</returns>
    private async Task<WorkerException?> TryAsync(IReadOnlyList<ImageFunction> functions, bool last)
    {
        if (_builds >= mostBuilds && !last)
        {
            _untried.AddRange(functions);
            return null;
        }

        _builds++;
        try
        {
            var image = await build(functions).ConfigureAwait(false);
            foreach (var (function, reason) in image.Unfit)
            {
                _unfit[function] = reason;
            }

            _fit.AddRange(image.Functions);
            _largest = _largest is null || image.Functions.Count > _largest.Functions.Count ? image : _largest;
            return null;
        }
        catch (WorkerException e) when (e.IsFault)
        {
            return e;
        }
    }
}
