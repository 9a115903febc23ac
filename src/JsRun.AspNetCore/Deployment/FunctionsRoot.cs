using JsRun.Options;

namespace JsRun.AspNetCore.Deployment;

/// <summary>The folder to map. An error in it stops the start.</summary>
internal static class FunctionsRoot
{
    public static string Find(JsRunServices services, string? path, string group)
    {
        var options = services.Group(group);
        var key = JsRunGroups.SectionOf(group) + ":Functions:Path";
        var configured = path ?? options.Functions.Path;
        if (string.IsNullOrEmpty(configured))
        {
            throw new InvalidOperationException($"There is no folder of functions to map. Set {key}, or name the folder in MapJsFunctions.");
        }

        var folder = services.FullPath(configured);
        var origin = path is null ? $"It is named by {key}" : "It is named in MapJsFunctions";
        return Directory.Exists(folder)
            ? folder
            : throw new DirectoryNotFoundException($"The folder of functions '{folder}' does not exist. {origin}; a relative path starts at the content root '{services.Environment.ContentRootPath}'. Create the folder, or name another.");
    }
}
