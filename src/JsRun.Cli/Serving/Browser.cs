using System.ComponentModel;
using System.Diagnostics;

namespace JsRun.Cli.Serving;

/// <summary>Opens addresses in the user's browser.</summary>
internal static class Browser
{
    /// <returns>Whether a program was started.</returns>
    public static bool TryOpen(string url)
    {
        try
        {
            using var process = Process.Start(Command(url, Environment.GetEnvironmentVariable("BROWSER")));
            return true;
        }
        catch (Exception e) when (e is Win32Exception or FileNotFoundException or InvalidOperationException)
        {
            // The caller says so: there may be no browser on this machine at all.
            return false;
        }
    }

    /// <summary>Says what is started: the program that the variable <c>BROWSER</c> names, as other tools do, or what the system has for addresses.</summary>
    public static ProcessStartInfo Command(string url, string? browser) => string.IsNullOrEmpty(browser)
        ? new ProcessStartInfo(url) { UseShellExecute = true }
        : new ProcessStartInfo(browser, [url]) { UseShellExecute = false };
}
