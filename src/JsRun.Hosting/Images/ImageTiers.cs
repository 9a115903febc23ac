using JsRun.Diagnostics;
using JsRun.Engine.Native;
using JsRun.Engine.Scripts;
using JsRun.Images.Building;
using JsRun.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JsRun.Images;

/// <summary>Decides, once, what contexts start from, says so in the log, and makes the images of each group. Thread-safe.</summary>
internal sealed class ImageTiers : IDisposable
{
    // Fifty functions are deployed one after the other: their image is built once.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    // A process that evaluates one script and ends, as the command line does, is not to build anything.
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(5);
    private static readonly string Neutral = new KernelSettings(JsSurface.Full, new Dictionary<string, string>(), 1, 1, 1, 1, 1).ToJson();

    private readonly ImageWorkshop? _workshop;
    private readonly string _reason;

    /// <exception cref="OptionsValidationException"><c>JsRun:Images</c> asks for what this process cannot have.</exception>
    public ImageTiers(IOptions<JsRunOptions> options, NativeCapabilities native, TimeProvider time, JsRunMetrics metrics, GuardedLoggerFactory loggers, RunWorker? run = null)
    {
        var logger = loggers.CreateLogger<ImageTiers>();
        var images = options.Value.Images;
        IsHardenedAskedFor = images.Tier == JsImageMode.Hardened;
        IsHardened = IsHardenedAskedFor || images.Tier == JsImageMode.Auto && native is { SelectiveInterrupts: true, SealedPrivateNames: true };
        if (images.Tier == JsImageMode.Auto && native is { SelectiveInterrupts: true, SealedPrivateNames: false })
        {
            logger.NoHardenedContexts(native.Reason);
        }

        if (IsHardenedAskedFor && !native.SelectiveInterrupts)
        {
            throw Refused($"JsRun:Images:Tier is 'Hardened', which is not possible here: choose Auto or Replay. {native.Reason}");
        }

        _reason = WhyReplay(images, native, run is not null, out var location) ?? "";
        if (location is null && (run is null || _reason.Length > 0))
        {
            logger.TierDecided(JsImageTier.Replay, _reason);
            WebLayer = new GroupReplayImages(_reason);
            return;
        }

        // Whoever has its jobs run elsewhere writes no files either.
        var folder = run is null ? FolderOf(images, logger) : null;
        var cache = new ImageCache(folder, images.MaxCacheBytes, time, logger);
        Identity = ImageIdentity.Of(native);
        Worker = location is null ? null : new WorkerProcess(location, time);
        Jobs = new WorkerJobCache(new TrustedFileCache(folder is null ? [] : [folder], images.MaxCacheBytes, time, logger.CacheFailed) { Flushes = true }, Identity);
        _workshop = new ImageWorkshop(Identity, cache, new WorkerImageBuilder(run ?? Worker!.RunAsync, logger), time, metrics, logger);
        WebLayer = new GroupHeapImages(new ImageRecipe("", Neutral, []), _workshop, Patient);
        logger.TierDecided(JsImageTier.Heap, native.Reason);
    }

    /// <summary>Gets whether functions may be served from hardened contexts, if they allow it.</summary>
    public bool IsHardened { get; }

    /// <summary>Gets whether the application asked for them by name.</summary>
    public bool IsHardenedAskedFor { get; }

    /// <summary>The reason for which there are no heap images; empty if there are.</summary>
    public string Reason => _reason;

    /// <summary>Runs the jobs of snapshots; <see langword="null"/> where there are no heap images.</summary>
    public WorkerProcess? Worker { get; }

    /// <summary>The outcomes of jobs that worker processes have asked for; <see langword="null"/> where there are no heap images.</summary>
    public WorkerJobCache? Jobs { get; }

    /// <summary>What an image depends on beside its scripts.</summary>
    public ImageIdentity? Identity { get; }

    /// <summary>The images of a pool group.</summary>
    /// <param name="group">Its name.</param>
    /// <param name="settings">JSON of its contexts' settings, without <c>env</c>.</param>
    public IGroupImages For(string group, string settings) =>
        _workshop is null ? new GroupReplayImages(_reason) : new GroupHeapImages(new ImageRecipe(group.Length == 0 ? "the default group" : $"the group '{group}'", settings, []), _workshop, Quiet);

    /// <summary>The web layer alone, for isolates that belong to no group.</summary>
    public IGroupImages WebLayer { get; }

    public void Dispose()
    {
        WebLayer.Dispose();
        _workshop?.Dispose();
    }

    private static string? WhyReplay(JsRunImagesOptions images, NativeCapabilities native, bool runsElsewhere, out WorkerLocation? location)
    {
        location = null;
        if (images.Tier == JsImageMode.Replay)
        {
            return "JsRun:Images:Tier is Replay.";
        }

        var reason = native.Reason;
        if (native.Images)
        {
            try
            {
                location = runsElsewhere ? null : WorkerLocation.Find();
                return null;
            }
            catch (WorkerException e)
            {
                reason = $"Images cannot be built: {e.Message}.";
            }
        }

        return images.Tier == JsImageMode.Heap
            ? throw Refused($"JsRun:Images:Tier is 'Heap', which is not possible here: choose Auto or Replay. {reason}")
            : reason;
    }

    private static string? FolderOf(JsRunImagesOptions images, ILogger logger)
    {
        var folder = images.CachePath ?? ImageCacheFolder.Default;
        var error = folder is null ? "this user has no folder for caches: name one with JsRun:Images:CachePath" : ImageCacheFolder.Open(folder);
        if (error is null)
        {
            return folder;
        }

        if (images.CachePath is not null)
        {
            throw Refused(error);
        }

        logger.NoCache(error);
        return null;
    }

    private static OptionsValidationException Refused(string error) => new(nameof(JsRunOptions), typeof(JsRunOptions), [error]);
}
