namespace JsRun.Hosting.Tests.Images;

/// <summary>A place for a cache of images, which does not exist yet. What is left of it goes with the test.</summary>
internal sealed class CacheFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("jsrun-images-");

    public CacheFolder() => Path = System.IO.Path.Combine(_root.FullName, "own");

    public string Path { get; }

    /// <summary>The images in it.</summary>
    public string[] Images => Directory.Exists(Path) ? Directory.GetFiles(Path, "*.image") : [];

    /// <summary>Who may enter; nobody's on Windows.</summary>
    public UnixFileMode Mode
    {
        get => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(Path);
        set
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Path, value);
            }
        }
    }

    public void Make()
    {
        Directory.CreateDirectory(Path);
        Mode = (UnixFileMode)0b111_000_000;
    }

    public void Dispose()
    {
        // A build that was ending when its host stopped may still have written.
        for (var tries = 0; _root.Exists; tries++, _root.Refresh())
        {
            try
            {
                _root.Delete(recursive: true);
            }
            catch (IOException) when (tries < 3)
            {
                // Once more.
            }
        }
    }
}
