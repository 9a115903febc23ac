using JsRun.Cli.Testing;

namespace JsRun.Cli.Projects;

/// <summary>The folder <c>.jsrun/types</c> of a project, where its <c>tsconfig.json</c> finds the types of functions. Git ignores it: <c>jsrun init</c> and <c>jsrun check</c> write it.</summary>
internal static class TypeDeclarations
{
    public const string Folder = ".jsrun/types";

    /// <summary>Writes what is missing or from another version.</summary>
    public static async Task WriteAsync(string project, CancellationToken cancellationToken)
    {
        foreach (var (path, text) in EmbeddedScripts.Declarations)
        {
            var file = Path.Combine(project, Folder, path);
            if (!File.Exists(file) || await File.ReadAllTextAsync(file, cancellationToken) != text)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllTextAsync(file, text, cancellationToken);
            }
        }
    }
}
