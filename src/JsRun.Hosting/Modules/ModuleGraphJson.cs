using System.Collections.Immutable;

namespace JsRun.Modules;

/// <summary>What crosses to a context.</summary>
internal sealed record ModuleGraphJson(ImmutableArray<ModuleDescription> Modules);
