namespace JsRun.Cli;

/// <summary>How the process ends.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The script failed: it threw, ran out of time or memory, or asked for what it may not have.</summary>
    public const int ScriptFailed = 1;

    public const int WrongUsage = 2;
}
