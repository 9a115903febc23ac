namespace System.Runtime.CompilerServices;

// What records need and netstandard2.0 does not have.
internal static class IsExternalInit;
