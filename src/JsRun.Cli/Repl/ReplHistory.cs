using System.Text.Json;

namespace JsRun.Cli.Repl;

/// <summary>What was entered, oldest first; kept in a file that only its owner can read, one JSON string a line.</summary>
internal sealed class ReplHistory(string? file)
{
    private const int MaxEntries = 1000;

    private readonly List<string> _entries = Read(file);

    public IReadOnlyList<string> Entries => _entries;

    public static string DefaultFile => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "jsrun", "repl-history");

    public void Add(string entry)
    {
        if (entry.Trim().Length > 0 && (_entries.Count == 0 || _entries[^1] != entry))
        {
            _entries.Add(entry);
        }
    }

    /// <summary>Writes the file. A history that cannot be written ends with the session.</summary>
    public void Save()
    {
        if (file is null)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(file, options);
            foreach (var entry in _entries.TakeLast(MaxEntries))
            {
                writer.WriteLine(JsonSerializer.Serialize(entry));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The session itself has ended well.
        }
    }

    private static List<string> Read(string? file)
    {
        try
        {
            return file is not null && File.Exists(file) ? [.. File.ReadLines(file).Select(static line => JsonSerializer.Deserialize<string>(line)!)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // The session begins without it, and its end writes the file anew.
            return [];
        }
    }
}
