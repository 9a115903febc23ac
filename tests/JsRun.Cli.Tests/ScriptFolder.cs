namespace JsRun.Cli.Tests;

/// <summary>A folder of scripts that lives as long as the test.</summary>
internal sealed class ScriptFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jsrun-cli-");

    public ScriptFolder(params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
            File.WriteAllText(this[name], text);
        }
    }

    public string FullName => _folder.FullName;

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
