namespace JsRun.Storage;

/// <summary>The folder of cached images. An image is code, so it must be the user's own, and nobody else may look or write.</summary>
internal static class ImageCacheFolder
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string Key = "JsRun:Images:CachePath";

    /// <summary>The default: <c>jsrun</c> in the user's cache folder; <see langword="null"/> where the user has none.</summary>
    public static string? Default
    {
        get
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            var caches = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : OperatingSystem.IsMacOS() ? Under(home, "Library", "Caches")
                : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } own && Path.IsPathFullyQualified(own) ? own
                : Under(home, ".cache");
            return Under(caches, "jsrun", "images");
        }
    }

    /// <summary>Makes the folder where it is not there, and looks whose it is.</summary>
    /// <returns>What is wrong with it, with the key and what to do, or <see langword="null"/>.</returns>
    public static string? Open(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                // The user's folders inherit an access list that names the user; there is no mode to look at.
                Directory.CreateDirectory(path);
                return null;
            }

            if (!Directory.Exists(path))
            {
                Directory.CreateDirectory(path, Own);
            }

            var mode = File.GetUnixFileMode(path);
            if (mode != Own)
            {
                return $"{Key}: the folder '{path}' has the mode {Convert.ToString((int)mode, 8)}, and must be the user's alone (700), because images are code: run 'chmod 700 {path}' after a look at what is in it, or choose another folder.";
            }

            return OperatingSystem.IsLinux() && !FolderOwner.IsMe(path)
                ? $"{Key}: the folder '{path}' belongs to another user than the one that this process runs as, and images are code: choose another folder."
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{Key}: the folder '{path}' cannot be used: {e.Message}";
        }
    }

    private static string? Under(string? folder, params ReadOnlySpan<string> names) => string.IsNullOrEmpty(folder) ? null : Path.Combine([folder, .. names]);
}
