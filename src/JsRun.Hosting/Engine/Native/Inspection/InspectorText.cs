using System.Runtime.InteropServices;
using System.Text;

namespace JsRun.Engine.Native.Inspection;

/// <summary><c>v8_inspector::StringView</c>: text that somebody else holds. V8 passes it by value, in memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct InspectorText(char* characters, int length)
{
    private readonly byte _isLatin1;
    private readonly nuint _length = (nuint)length;
    private readonly void* _characters = characters;

    public override string ToString() => _isLatin1 != 0
        ? Encoding.Latin1.GetString((byte*)_characters, checked((int)_length))
        : new string((char*)_characters, 0, checked((int)_length));
}
