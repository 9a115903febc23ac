using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Handles;

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
        var v8 = native.V8;
        var isolate = v8.Isolates.GetCurrent();
        var context = v8.Objects.CurrentContext(isolate);
        // The kernel's entrance, which the host holds, keeps it from now on.
        native.LetGo();
        var journal = v8.Objects.Get(v8.Objects.Global(context), context, v8.Scripts.NewText(isolate, Key));
        if (journal.IsNull || v8.Objects.IsArray(journal) == 0)
        {
            throw new NativeLayerException("the kernel has put no journal on the global object");
        }

        var parts = NativeParts.None;
        if (capabilities.PromiseRejections)
        {
            native.KeepJournal(journal);
            v8.Objects.SetRejectCallback(isolate, NativeContexts.RejectCallback);
            parts |= NativeParts.Rejections;
        }

        if (capabilities.TextImports)
        {
            // The journal's first element, until V8's own function takes its place.
            var importer = v8.Objects.GetAt(journal, context, 0);
            if (importer.IsNull || v8.Objects.IsFunction(importer) == 0)
            {
                throw new NativeLayerException("the kernel has put no function for imports into its journal");
            }

            native.KeepImporter(importer);
            v8.Objects.SetImportCallback(isolate, NativeContexts.ImportCallback);
        }

        if (capabilities.RequestIdentity)
        {
            HandOver(v8, isolate, context, journal, 0, "getContinuationPreservedEmbedderData"u8);
            HandOver(v8, isolate, context, journal, 1, "setContinuationPreservedEmbedderData"u8);
            native.CarriesFrames = true;
            parts |= NativeParts.Frames;
        }

        return parts;
    }

    private static void HandOver(V8Api v8, IsolatePtr isolate, ContextHandle context, ValueHandle journal, uint at, ReadOnlySpan<byte> name)
    {
        var function = v8.Objects.Get(v8.Objects.Extras(context), context, v8.Scripts.NewText(isolate, name));
        if (function.IsNull || v8.Objects.IsFunction(function) == 0)
        {
            throw new NativeLayerException("V8 has no functions for what it carries along an await");
        }

        v8.Objects.DefineAt(journal, context, at, function);
    }
}
