namespace JsRun.Engine.Native.Binding;

/// <summary>A function, or data, that the native library defines.</summary>
internal readonly record struct NativeSymbol(string Name, nint Address, int Size)
{
    public unsafe ReadOnlySpan<byte> Bytes => new((void*)Address, Size);
}
