using JsRun.Bindings;
using JsRun.Values;

namespace JsRun.Engine.HostFunctions;

/// <summary>For the writing of one binding: notes what is granted under its name, and for which of its members.</summary>
internal sealed class BindingReferences(HostReferences references, IValueReferences others) : IValueReferences
{
    private readonly List<(string Member, int Id)> _granted = [];

    public IReadOnlyList<(string Member, int Id)> Granted => _granted;

    /// <summary>The member that is being written; empty for the whole value.</summary>
    public string Member { get; set; } = "";

    public object Read(char kind, int id) => others.Read(kind, id);

    public bool TryWrite(object value, out char kind, out int id)
    {
        kind = HostReferences.KindOf(value);
        if (kind == default)
        {
            return others.TryWrite(value, out kind, out id);
        }

        id = references.Grant(value);
        _granted.Add((Member, id));
        return true;
    }
}
