using JsRun.Engine.Native;

namespace JsRun.Engine.Isolates;

/// <summary>One capability of the native layer: what the log calls it, the self-test that it has to pass, and what it adds.</summary>
/// <param name="Name">The name in the log.</param>
/// <param name="Test">The self-test, which throws if the capability does not work here.</param>
/// <param name="Add">Returns the capabilities with this one.</param>
internal sealed record NativeCapability(string Name, Action<NativeSelfTest> Test, Func<NativeCapabilities, NativeCapabilities> Add)
{
    /// <summary>Private fields of frozen objects, which depends on a flag of V8's.</summary>
    public static NativeCapability SealedPrivateNames { get; } = new("frozen objects without private fields", static test => test.SealedPrivateNames(), static all => all with { SealedPrivateNames = true });

    /// <summary>All of them, in the order in which they are tested.</summary>
    public static IReadOnlyList<NativeCapability> All { get; } =
    [
        new("images", static test => test.Isolates(), static all => all with { Images = true }),
        new("microtask queues of contexts", static test => test.Queues(), static all => all with { ContextQueues = true }),
        new("promise rejections", static test => test.Rejections(), static all => all with { PromiseRejections = true }),
        new("request identity", static test => test.Identity(), static all => all with { RequestIdentity = true }),
        new("imports of evaluated text", static test => test.Imports(), static all => all with { TextImports = true }),
        new("promises without a hook", static test => test.Promises(), static all => all with { PlainPromises = true }),
        new("interrupts of one request", static test => test.Interrupts(), static all => all with { SelectiveInterrupts = true }),
        new("contexts without an engine", static test => test.LightContexts(), static all => all with { LightContexts = true }),
        SealedPrivateNames,
        new("inspector", static test => test.Inspection(), static all => all with { Inspection = true }),
        new("lazy properties", static test => test.Lazies(), static all => all with { LazyProperties = true }),
    ];

    /// <summary>Runs the self-test.</summary>
    /// <returns>Why the capability does not work, or <see langword="null"/> if it does.</returns>
    public string? Try(NativeSelfTest test)
    {
        try
        {
            Test(test);
            return null;
        }
        catch (Exception e)
        {
            return e.Message;
        }
    }
}
