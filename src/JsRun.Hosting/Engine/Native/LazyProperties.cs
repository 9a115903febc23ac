using System.Runtime.InteropServices;
using System.Text;
using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native;

/// <summary>
/// Globals that are made when they are first used, as V8's lazy data properties: nothing tells one from an ordinary property, before its first use or after. The kernel offers them
/// (<c>JavaScript/src/kernel/lazies.ts</c>). Its function that makes them belongs to the context, and is kept where no script reaches: V8 has what describes the properties once for all contexts.
/// </summary>
internal sealed unsafe class LazyProperties(V8Api v8)
{
    /// <summary>The slot in which a context keeps the kernel's function. ClearScript uses 1.</summary>
    private const int Slot = 4;

    private const int NotEnumerable = 2;

    private static readonly OpaquePtr* List = CreateList();

    private volatile bool _areUsed;

    /// <summary>Gets whether images may have them, and so what is restored needs <see cref="References"/>.</summary>
    public bool AreUsed => _areUsed;

    /// <summary>For <c>CreateParams::external_references</c>: where the functions are that an image refers to. It lives as long as the process.</summary>
    public static OpaquePtr References => new((nint)List);

    private static delegate* unmanaged<ValueHandle, TaggedAddress*, void> Getter => &OnGet;

    /// <summary>The self-test has passed: from now on, images have them.</summary>
    public void Use() => _areUsed = true;

    /// <summary>Defines what the kernel of a context offers, which is entered, and tells it so.</summary>
    public void Define(IsolatePtr isolate, ContextHandle context)
    {
        var global = v8.Objects.Global(context);
        var kernel = v8.Objects.Get(global, context, v8.Scripts.NewText(isolate, "__jsrun"u8));
        var lazies = kernel.IsNull || v8.Objects.IsFunction(kernel) == 0 ? default : v8.Objects.Get(kernel, context, v8.Scripts.NewText(isolate, "lazies"u8));
        if (lazies.IsNull || v8.Objects.IsArray(lazies) == 0)
        {
            throw new NativeLayerException("the kernel offers no lazy globals");
        }

        v8.LazyProperties.SetData(context, Slot, v8.Objects.GetAt(lazies, context, 0));
        Define(isolate, context, v8.Objects.GetAt(lazies, context, 1), NotEnumerable);
        Define(isolate, context, v8.Objects.GetAt(lazies, context, 2), 0);
        v8.Objects.DefineAt(lazies, context, 0, v8.Objects.NewInteger(isolate, 0));
    }

    /// <summary>The same of the context that runs.</summary>
    public void Define()
    {
        var isolate = v8.Isolates.GetCurrent();
        Define(isolate, v8.Objects.CurrentContext(isolate));
    }

    private void Define(IsolatePtr isolate, ContextHandle context, ValueHandle names, int attributes)
    {
        foreach (var name in (v8.Scripts.Text(isolate, names) ?? "").Split(' '))
        {
            if (v8.LazyProperties.Set(v8.Objects.Global(context), context, v8.Scripts.NewText(isolate, Encoding.UTF8.GetBytes(name)), Getter, default, attributes, 0, 0) != V8Layout.JustTrue)
            {
                throw new NativeLayerException($"V8 does not define the lazy global '{name}'");
            }
        }
    }

    private static OpaquePtr* CreateList()
    {
        var list = (OpaquePtr*)NativeMemory.AllocZeroed(2, (nuint)sizeof(OpaquePtr));
        list[0] = new OpaquePtr((nint)Getter);
        return list;
    }

    // V8 calls it in the midst of users' code. What is thrown passes through, and the property stays lazy.
    [UnmanagedCallersOnly]
    private static void OnGet(ValueHandle name, TaggedAddress* info)
    {
        try
        {
            var v8 = NativeHooks.V8;
            var isolate = v8.Isolates.GetCurrent();
            var context = v8.Objects.CurrentContext(isolate);
            if (v8.LazyProperties.CountData(context) <= Slot)
            {
                return;
            }

            var value = v8.Objects.Call(v8.LazyProperties.GetData(context, Slot), context, v8.Objects.Global(context), 1, &name);
            if (value.IsNull)
            {
                return;
            }

            // V8 aborts the process if user code redefines the property while its getter runs. A patched built-in can call such code.
            if (v8.LazyProperties.IsCallback(v8.Objects.Global(context), context, name) != V8Layout.JustTrue)
            {
                v8.LazyProperties.ThrowError(isolate, v8.Scripts.NewText(isolate, "A global was changed while it was made for its first use"u8));
            }
            else
            {
                info[V8Layout.PropertyReturnValue] = value.Target;
            }
        }
        catch (Exception e)
        {
            throw NativeBoundary.Fail("the getter of a lazy property", e);
        }
    }
}
