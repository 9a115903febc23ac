namespace JsRun.Engine.Native.Binding;

/// <summary>One entry of the library's procedure linkage table, through which its calls of an exported function go. Taken once for the process's life.</summary>
internal static unsafe class JumpSlot
{
    /// <summary>Has the library call <paramref name="hook"/> instead of the function.</summary>
    public static void Take(LoadedModule module, NativeSymbol function, nint hook)
    {
        var slot = (nint*)module.JumpSlot(function.Name);
        var current = *slot;
        if (current != function.Address)
        {
            throw new NativeLayerException(module.IsCode(current)
                ? $"the jump slot of {function.Name} is not resolved yet"
                : $"the jump slot of {function.Name} leads elsewhere already");
        }

        if (!MemoryMap.IsWritable((nint)slot))
        {
            throw new NativeLayerException($"the jump slot of {function.Name} is write-protected");
        }

        Volatile.Write(ref *slot, hook);
    }
}
