using JsRun.Bindings;

namespace JsRun.Engine.HostFunctions;

/// <summary>Host functions, or host objects, as values: each is granted where it is sent.</summary>
internal sealed class HostReferenceKeeper(HostReferences references, char kind) : IReferenceKeeper
{
    public object Read(int id) => throw new JsConversionException("A host function comes back as the function that it is in JavaScript.");

    public bool TryWrite(object value, out int id)
    {
        id = 0;
        if (HostReferences.KindOf(value) != kind)
        {
            return false;
        }

        id = references.Share(value);
        return true;
    }
}
