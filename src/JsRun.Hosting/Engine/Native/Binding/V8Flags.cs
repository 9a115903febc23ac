using System.Runtime.InteropServices;
using System.Text;

namespace JsRun.Engine.Native.Binding;

/// <summary>
/// Sets flags of V8 that ClearScript does not have. V8 freezes its flags when it starts, so the library is loaded here, as ClearScript will load it, and the flags are set before ClearScript starts it.
/// </summary>
internal static unsafe class V8Flags
{
    // Nothing else of the library has been recognised yet: another build of these two functions is not called.
    private const string KnownFingerprint = "f1ed26e1d9efc549623716480ab22cbca1307f2f095b7e8d5610b8b233ee559e";

    // A private field that is stamped on a frozen built-in would hold its memory for ever.
    private const string Flags = "--js-nonextensible-applies-to-private";

    /// <summary>Sets the flags. Only before the first isolate of the process is made.</summary>
    /// <param name="folders">The folders in which ClearScript looks for the library.</param>
    /// <exception cref="NativeLayerException">V8 has started already, or it is another build.</exception>
    public static void Set(IEnumerable<string> folders)
    {
        if (LoadedModule.Find(V8Library.FileName) is null && !folders.Any(static folder => NativeLibrary.TryLoad(Path.Combine(folder, V8Library.FileName), out _)))
        {
            throw new NativeLayerException($"{V8Library.FileName} was not found");
        }

        var library = V8Library.Find();
        var isFrozen = (delegate* unmanaged<byte>)library.Take("_ZN2v88internal8FlagList8IsFrozenEv");
        var set = (delegate* unmanaged<byte*, void>)library.Take("_ZN2v82V818SetFlagsFromStringEPKc");
        if (library.Fingerprint() is var fingerprint && fingerprint != KnownFingerprint)
        {
            throw new NativeLayerException($"its flags cannot be set in this build of V8 (fingerprint {fingerprint})");
        }

        if (isFrozen() != 0)
        {
            throw new NativeLayerException("the application has used ClearScript before JsRun, and V8's flags cannot be changed once it has started");
        }

        fixed (byte* text = Encoding.ASCII.GetBytes(Flags + '\0'))
        {
            set(text);
        }
    }
}
