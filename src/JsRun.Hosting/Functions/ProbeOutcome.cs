using JsRun.Engine.Contexts;

namespace JsRun.Functions;

/// <summary>What the first evaluation of a definition has shown.</summary>
/// <param name="Handles">Whether the function has a handler.</param>
/// <param name="Changes">What its top level has changed of the built-ins of a watched context; <see langword="null"/> if that is not known.</param>
/// <param name="TopLevel">How long its top level takes in a hardened context.</param>
internal sealed record ProbeOutcome(bool Handles, BuiltinChanges? Changes, TimeSpan TopLevel);
