namespace JsRun.AspNetCore.Tests.Kestrel;

/// <summary>Tests that measure time or memory, or keep all isolates busy: one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class KestrelCollection
{
    public const string Name = "Kestrel";
}
