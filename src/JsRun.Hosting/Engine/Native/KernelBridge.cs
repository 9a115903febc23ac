using JsRun.Engine.Native.Binding;

namespace JsRun.Engine.Native;

/// <summary>
/// Hands V8's abilities over to the trusted kernel of a context, and takes its journal: by way of an array that is on the global object for the time of one host call, before any
/// code of users runs.
/// </summary>
internal static unsafe class KernelBridge
{
    private static ReadOnlySpan<byte> Key => "__jsrunNative"u8;

    /// <summary>From within a host call of the kernel's, in its context.</summary>
    public static NativeParts Attach(NativeContext native, NativeCapabilities capabilities)
    {
        var isolate = V8Isolates.GetCurrent();
        var context = V8Objects.CurrentContext(isolate);
        // The kernel's entrance, which the host holds, keeps it from now on.
        native.LetGo();
        var journal = V8Objects.Get(V8Objects.Global(context), context, V8Scripts.NewText(isolate, Key));
        if (journal == 0 || V8Objects.IsArray(journal) == 0)
        {
            throw new NativeLayerException("the kernel has put no journal on the global object");
        }

        var parts = NativeParts.None;
        if (capabilities.PromiseRejections)
        {
            native.KeepJournal(journal);
            V8Objects.SetRejectCallback(isolate, NativeContexts.RejectCallback);
            parts |= NativeParts.Rejections;
        }

        if (capabilities.TextImports)
        {
            // The journal's first element, until V8's own function takes its place.
            var importer = V8Objects.GetAt(journal, context, 0);
            if (importer == 0 || V8Objects.IsFunction(importer) == 0)
            {
                throw new NativeLayerException("the kernel has put no function for imports into its journal");
            }

            native.KeepImporter(importer);
            V8Objects.SetImportCallback(isolate, NativeContexts.ImportCallback);
        }

        if (capabilities.RequestIdentity)
        {
            HandOver(isolate, context, journal, 0, "getContinuationPreservedEmbedderData"u8);
            HandOver(isolate, context, journal, 1, "setContinuationPreservedEmbedderData"u8);
            native.CarriesFrames = true;
            parts |= NativeParts.Frames;
        }

        return parts;
    }

    private static void HandOver(nint isolate, nint context, nint journal, uint at, ReadOnlySpan<byte> name)
    {
        var function = V8Objects.Get(V8Objects.Extras(context), context, V8Scripts.NewText(isolate, name));
        if (function == 0 || V8Objects.IsFunction(function) == 0)
        {
            throw new NativeLayerException("V8 has no functions for what it carries along an await");
        }

        V8Objects.DefineAt(journal, context, at, function);
    }
}
