namespace JsRun.Hosting.Tests.Engine.Native;

/// <summary>Alone: it takes all processors.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class StressCollection
{
    public const string Name = "Stress of the native layer";
}
