namespace JsRun.Hosting.Tests.Faults;

/// <summary>A place where an application's code runs on a script's behalf, and fails.</summary>
/// <param name="Expected">What the script says: the error's name and code, or its value.</param>
/// <param name="Code">What is evaluated.</param>
/// <param name="Prepare">Gives the runtime what fails.</param>
/// <param name="Configure">Sets options that fail.</param>
internal sealed record ExtensionPoint(string Expected, string Code, Action<IJsRuntime, Func<Exception>>? Prepare = null, Action<JsRuntimeOptions, Func<Exception>>? Configure = null)
{
    /// <summary>With the exception's type in the place of its placeholder.</summary>
    public ExtensionPoint Throwing(string fault) => this with { Expected = Expected.Replace("{fault}", fault, StringComparison.Ordinal), Code = Code.Replace("{fault}", fault, StringComparison.Ordinal) };
}
