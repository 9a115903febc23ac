namespace JsRun.Images.Building;

/// <summary>What a worker is started for.</summary>
internal enum WorkerMode
{
    /// <summary>Evaluates and serialises.</summary>
    Build,

    /// <summary>Restores what another built, and tries each of its contexts.</summary>
    Verify,
}
