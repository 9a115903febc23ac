using System.Runtime.InteropServices;

/// <summary>Runs in a child process before its <c>Main</c> (<c>DOTNET_STARTUP_HOOKS</c>): what the process registers with the C library's exit handlers is called where V8's own objects would be destroyed.</summary>
internal static partial class StartupHook
{
    public static void Initialize() => _ = OnExit(NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "raise"), 0);

    // raise(1): the exit code 1 becomes the signal SIGHUP.
    [LibraryImport("libc", EntryPoint = "on_exit")]
    private static partial int OnExit(nint function, nint argument);
}
