using JsRun.AspNetCore.Watching;

namespace JsRun.AspNetCore.Tests.Fakes;

internal sealed class FakeWatch : IFolderWatch
{
    private Action<string?> _changed = _ => { };

    public bool IsDisposed { get; private set; }

    public void Start(Action<string?> changed) => _changed = changed;

    public void Change(string? path) => _changed(path);

    public void Dispose() => IsDisposed = true;
}
