using Microsoft.Extensions.Time.Testing;

namespace JsRun.Testing;

/// <summary>
/// Describes one test: the functions that it deploys, and the fakes that they run with. Describe everything, then put it into an application with
/// <see cref="JsFunctionTestExtensions.With{TEntryPoint}"/>. Each instance has functions and fakes of its own, so tests can run at the same time. Only the fakes are thread-safe.
/// </summary>
public sealed class JsFunctionTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jsrun-test-");

    /// <summary>Gets the answers to the functions' <c>fetch</c>, and the requests that they sent.</summary>
    public FakeFetch Fetch { get; } = new();

    /// <summary>Gets what functions wrote to <c>console</c>.</summary>
    public TestConsole Console { get; } = new();

    /// <summary>Gets the permissions of the default group, such as <c>net:api.example.com</c>.</summary>
    /// <value>They replace those of the application's configuration. Empty by default: the application keeps its own.</value>
    public IList<string> Permissions { get; } = [];

    /// <summary>Gets the values that functions of the default group receive as <c>env</c>.</summary>
    /// <value>They replace those of the application's configuration. Empty by default: the application keeps its own.</value>
    public IDictionary<string, string> Env { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets further settings of the section <c>JsRun</c>, by their keys without it, such as <c>Limits:Timeout</c>. They win over the application's configuration.</summary>
    public IDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    internal string Folder => _folder.FullName;

    internal bool HasFunctions { get; private set; }

    internal FakeTimeProvider? Time { get; private set; }

    /// <summary>Adds a function, or a module that functions import.</summary>
    /// <param name="path">Its path, relative and with forward slashes, such as <c>users/[id].ts</c>: the route follows from it as in a folder of functions.</param>
    /// <param name="code">JavaScript or TypeScript; for other files their text.</param>
    /// <returns>This test.</returns>
    /// <exception cref="ArgumentException">The path is absolute, or leads out of the folder.</exception>
    public JsFunctionTest Add(string path, string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        File.WriteAllText(Place(path), code);
        return this;
    }

    /// <summary>Adds a copy of a file. What it imports has to be added as well.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Its path among the functions. The default is <see langword="null"/>: its name.</param>
    /// <returns>This test.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">The path is absolute, or leads out of the folder.</exception>
    public JsFunctionTest AddFile(string file, string? path = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        File.Copy(file, Place(path ?? Path.GetFileName(file)), overwrite: true);
        return this;
    }

    /// <summary>Adds copies of all files of a folder and its subfolders, except <c>node_modules</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>This test.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public JsFunctionTest AddFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(folder, file).Replace('\\', '/');
            if (!path.Split('/').Contains("node_modules"))
            {
                AddFile(file, path);
            }
        }

        return this;
    }

    /// <summary>Has timers and the limits on elapsed time follow a clock that stands still until the test advances it. V8 reads <c>Date</c> from the machine's clock as ever.</summary>
    /// <param name="start">What time it is at first. The default is <see langword="null"/>: the start of the year 2000, in UTC.</param>
    /// <returns>The clock, which is also the application's <see cref="TimeProvider"/>.</returns>
    public FakeTimeProvider UseFakeTime(DateTimeOffset? start = null) => Time = start is { } time ? new FakeTimeProvider(time) : new FakeTimeProvider();

    /// <summary>Throws if a function sent a request that nothing answers, or if nobody sent one that was said to be sent.</summary>
    /// <exception cref="JsTestException">One of the two; the message shows the requests beside each other.</exception>
    public void Verify() => Fetch.Verify();

    /// <summary>Deletes the functions. Dispose of the application first.</summary>
    public void Dispose() => _folder.Delete(recursive: true);

    private string Place(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path, Folder);
        if (Path.IsPathRooted(path) || !full.StartsWith(Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new ArgumentException($"The path '{path}' leads out of the folder of functions: use a relative path such as 'users/[id].ts'.", nameof(path));
        }

        HasFunctions = true;
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }
}
