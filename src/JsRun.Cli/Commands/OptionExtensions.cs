using System.CommandLine;

namespace JsRun.Cli.Commands;

internal static class OptionExtensions
{
    /// <summary>Refuses a file that does not exist.</summary>
    public static Option<FileInfo?> AcceptExisting(this Option<FileInfo?> option)
    {
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<FileInfo?>() is { Exists: false } file)
            {
                result.AddError($"File does not exist: '{file}'.");
            }
        });
        return option;
    }
}
