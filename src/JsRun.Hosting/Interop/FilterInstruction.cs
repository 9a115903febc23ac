using System.Runtime.InteropServices;

namespace JsRun.Interop;

/// <summary>An instruction of a classic BPF program: <c>struct sock_filter</c>.</summary>
/// <param name="Code">The operation.</param>
/// <param name="Then">How many instructions are skipped if its condition holds.</param>
/// <param name="Else">How many are skipped if it does not.</param>
/// <param name="Value">The operand.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FilterInstruction(ushort Code, byte Then, byte Else, uint Value);
