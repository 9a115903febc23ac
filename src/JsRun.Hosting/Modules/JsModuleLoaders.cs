using JsRun.Modules.Sources;

namespace JsRun;

/// <summary>Ready-made module loaders (<see cref="JsModuleOptions.Loader"/>).</summary>
/// <remarks>Thread-safe.</remarks>
public static class JsModuleLoaders
{
    /// <summary>
    /// Creates a loader that reads modules from a folder and its subfolders: <c>file:///lib/a.ts</c> is the file <c>lib/a.ts</c> in the folder. Files are read when they are imported, names are exact, extensions
    /// are not guessed, and nothing leads out of the folder, symbolic links included.
    /// </summary>
    /// <param name="path">The folder. A relative path is relative to the current directory of now.</param>
    /// <returns>The loader. It returns <see langword="null"/> for URLs that do not begin with <c>file:///</c>, and throws a <see cref="JsModuleException"/> that says what is wrong if there is no such module.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static JsModuleLoader FromDirectory(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var root = Path.GetFullPath(path);
        return Directory.Exists(root) ? new DirectoryModules(root).LoadAsync : throw new DirectoryNotFoundException($"The folder of modules '{root}' does not exist.");
    }
}
