namespace JsRun.Workers.Sandbox;

/// <summary>A condition on one argument of a system call.</summary>
/// <param name="Argument">Its index, from 0.</param>
/// <param name="Test">The condition.</param>
/// <param name="Values">What the condition compares with.</param>
internal sealed record ArgumentCheck(int Argument, ArgumentTest Test, params uint[] Values);
