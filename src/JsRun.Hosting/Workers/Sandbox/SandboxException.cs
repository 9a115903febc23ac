using System.Runtime.InteropServices;

namespace JsRun.Workers.Sandbox;

/// <summary>A measure that the machine has could not be applied. A worker does not start without it.</summary>
/// <param name="message">The measure, and what the kernel answered.</param>
internal sealed class SandboxException(string message) : Exception(message)
{
    /// <summary>Throws if a call of the kernel answered an error.</summary>
    /// <param name="answer">What it answered: not negative if it succeeded.</param>
    /// <param name="call">The call, for the message.</param>
    public static void ThrowIfFailed(int answer, string call)
    {
        if (answer < 0)
        {
            throw new SandboxException($"{call} failed: {Marshal.GetLastPInvokeErrorMessage()} (errno {Marshal.GetLastPInvokeError()}).");
        }
    }
}
