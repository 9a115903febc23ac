using System.Globalization;
using System.Security.Cryptography;

namespace JsRun.Workers;

/// <summary>The folder of the sockets of this process's workers, which nobody else can enter. Thread-safe.</summary>
internal sealed class WorkerFiles : IDisposable
{
    private const string Prefix = "jsrun-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly Lazy<string> _folder;
    private int _count;

    public WorkerFiles() => _folder = new Lazy<string>(static () =>
    {
        RemoveLeftBehind();
        return Create(Path.Combine(Path.GetTempPath(), $"{Prefix}{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}"));
    });

    /// <summary>Makes a folder for one worker. Paths of sockets may have some hundred characters only, so names are short.</summary>
    public string CreateFolder() => Create(Path.Combine(_folder.Value, Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture)));

    public static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start removes it.
        }
    }

    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            Remove(_folder.Value);
        }
    }

    private static string Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(folder).FullName;
        }

        return Directory.CreateDirectory(folder, OwnerOnly).FullName;
    }

    // A host that was killed could not clean up.
    private static void RemoveLeftBehind()
    {
        try
        {
            foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*-*"))
            {
                if (int.TryParse(Path.GetFileName(folder).AsSpan(Prefix.Length).ToString().Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process) && !IsAlive(process))
                {
                    Remove(folder);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be listed is not ours.
        }
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
