namespace JsRun.AspNetCore.Tests.Fakes;

/// <summary>A folder of a test's own.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("jsrun-").FullName;

    public string this[string file] => System.IO.Path.Combine(Path, file);

    public TempFolder Write(string file, string content = "")
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[file])!);
        File.WriteAllText(this[file], content);
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
