namespace JsRun.Hosting.Tests.Faults;

/// <summary>An object whose exports the generator makes, and all of whose members throw.</summary>
[JsExport]
internal sealed partial class FaultyGenerated(Func<Exception> fault)
{
    public int Property
    {
        get => throw fault();
        set => throw fault();
    }

    public int Sync() => throw fault();

    public async Task<int> SoonAsync()
    {
        await Task.Yield();
        throw fault();
    }

    public ValueTask ValueAsync() => throw fault();
}
