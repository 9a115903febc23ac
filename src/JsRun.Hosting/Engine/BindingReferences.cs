using JsRun.Bindings;
using JsRun.Values;

namespace JsRun.Engine;

/// <summary>For the writing of one binding: notes what is granted under its name.</summary>
internal sealed class BindingReferences(HostReferences references, IValueReferences others) : IValueReferences
{
    private readonly List<int> _granted = [];

    public IReadOnlyCollection<int> Granted => _granted;

    public object Read(char kind, int id) => others.Read(kind, id);

    public bool TryWrite(object value, out char kind, out int id)
    {
        kind = HostReferences.KindOf(value);
        if (kind == default)
        {
            return others.TryWrite(value, out kind, out id);
        }

        id = references.Grant(value);
        _granted.Add(id);
        return true;
    }
}
