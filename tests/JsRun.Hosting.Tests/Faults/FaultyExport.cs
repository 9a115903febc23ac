namespace JsRun.Hosting.Tests.Faults;

/// <summary>An exported object all of whose members throw.</summary>
internal sealed class FaultyExport(Func<Exception> fault) : IJsExportable
{
    public void Export(JsExports exports) => exports
        .AddFunction<int>("sync", _ => throw fault())
        .AddAsyncFunction("soon", async ValueTask (_) =>
        {
            await Task.Yield();
            throw fault();
        })
        .AddAsyncFunction<int>("value", _ => throw fault())
        .AddProperty<int>("property", () => throw fault(), _ => throw fault());
}
