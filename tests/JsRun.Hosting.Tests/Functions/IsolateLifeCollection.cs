namespace JsRun.Hosting.Tests.Functions;

/// <summary>Tests that measure CPU time, or keep processors busy: one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class IsolateLifeCollection
{
    public const string Name = "IsolateLife";
}
