using System.Runtime.InteropServices;
using System.Text;
using JsRun.Engine.Native.Binding;

namespace JsRun.Engine.Native;

/// <summary>
/// Globals that are made when they are first used, as V8's lazy data properties: nothing tells one from an ordinary property, before its first use or after. The kernel offers them
/// (<c>JavaScript/src/kernel/lazies.ts</c>). Its function that makes them belongs to the context, and is kept where no script reaches: V8 has what describes the properties once for all contexts.
/// </summary>
internal static unsafe class LazyProperties
{
    /// <summary>Where a context keeps the kernel's function. ClearScript uses 1.</summary>
    private const int Slot = 4;

    private const int NotEnumerable = 2;

    private static readonly nint* List = CreateList();

    /// <summary>Whether images may have them, and so what is restored needs <see cref="References"/>.</summary>
    public static bool AreUsed { get; set; }

    /// <summary>For <c>CreateParams::external_references</c>: where the functions are that an image refers to. It lives as long as the process.</summary>
    public static nint References => (nint)List;

    private static delegate* unmanaged<nint, nint*, void> Getter => &OnGet;

    /// <summary>Defines what the kernel of a context offers, which is entered, and tells it so.</summary>
    public static void Define(nint isolate, nint context)
    {
        var global = V8Objects.Global(context);
        var kernel = V8Objects.Get(global, context, V8Scripts.NewText(isolate, "__jsrun"u8));
        var lazies = kernel == 0 || V8Objects.IsFunction(kernel) == 0 ? 0 : V8Objects.Get(kernel, context, V8Scripts.NewText(isolate, "lazies"u8));
        if (lazies == 0 || V8Objects.IsArray(lazies) == 0)
        {
            throw new NativeLayerException("the kernel offers no lazy globals");
        }

        V8LazyProperties.SetData(context, Slot, V8Objects.GetAt(lazies, context, 0));
        Define(isolate, context, V8Objects.GetAt(lazies, context, 1), NotEnumerable);
        Define(isolate, context, V8Objects.GetAt(lazies, context, 2), 0);
        V8Objects.DefineAt(lazies, context, 0, V8Objects.NewInteger(isolate, 0));
    }

    /// <summary>The same of the context that runs.</summary>
    public static void Define()
    {
        var isolate = V8Isolates.GetCurrent();
        Define(isolate, V8Objects.CurrentContext(isolate));
    }

    private static void Define(nint isolate, nint context, nint names, int attributes)
    {
        foreach (var name in (V8Scripts.Text(isolate, names) ?? "").Split(' '))
        {
            if (V8LazyProperties.Set(V8Objects.Global(context), context, V8Scripts.NewText(isolate, Encoding.UTF8.GetBytes(name)), Getter, 0, attributes, 0, 0) != V8Layout.JustTrue)
            {
                throw new NativeLayerException($"V8 does not define the lazy global '{name}'");
            }
        }
    }

    private static nint* CreateList()
    {
        var list = (nint*)NativeMemory.AllocZeroed(2, (nuint)sizeof(nint));
        list[0] = (nint)Getter;
        return list;
    }

    // V8 calls it in the midst of users' code. What is thrown passes through, and the property stays lazy.
    [UnmanagedCallersOnly]
    private static void OnGet(nint name, nint* info)
    {
        var isolate = V8Isolates.GetCurrent();
        var context = V8Objects.CurrentContext(isolate);
        if (V8LazyProperties.CountData(context) <= Slot)
        {
            return;
        }

        var value = V8Objects.Call(V8LazyProperties.GetData(context, Slot), context, V8Objects.Global(context), 1, &name);
        if (value == 0)
        {
            return;
        }

        // V8 aborts the process if user code redefines the property while its getter runs. A patched built-in can call such code.
        if (V8LazyProperties.IsCallback(V8Objects.Global(context), context, name) != V8Layout.JustTrue)
        {
            V8LazyProperties.ThrowError(isolate, V8Scripts.NewText(isolate, "A global was changed while it was made for its first use"u8));
        }
        else
        {
            info[V8Layout.PropertyReturnValue] = *(nint*)value;
        }
    }
}
