using JsRun.Engine.Contexts;
using JsRun.Functions;

namespace JsRun.Groups;

/// <summary>What a pool group has for functions that are served from hardened contexts.</summary>
/// <param name="Context">For hardened contexts.</param>
/// <param name="WatchedSettings">JSON of the settings of ordinary contexts that can tell what scripts have changed of their built-ins.</param>
/// <param name="IsAskedFor">Whether the application asked for hardened contexts by name.</param>
/// <param name="Places">How many functions may have them, if it did not.</param>
internal sealed record HardenedGroup(ContextOptions Context, string WatchedSettings, bool IsAskedFor, HardenedPlaces Places);
