using JsRun.Engine.Contexts;

namespace JsRun.Engine.Crossing;

/// <summary>Which port answers which operation: built once, and the same for all contexts.</summary>
internal sealed class HostPortTable
{
    private const int None = -1;

    private readonly HostPortRow[] _rows;
    private readonly int[] _places;

    /// <exception cref="InvalidOperationException">Two ports answer one operation, or none does.</exception>
    public HostPortTable(IEnumerable<HostPortRow> rows)
    {
        _rows = [.. rows];
        _places = new int[Enum.GetValues<HostOp>().Max(static op => (int)op) + 1];
        Array.Fill(_places, None);
        for (var place = 0; place < _rows.Length; place++)
        {
            foreach (var op in _rows[place].Ops)
            {
                ref var taken = ref _places[(int)op];
                if (taken != None)
                {
                    throw new InvalidOperationException(
                        $"The host operation {op} has two ports, {_rows[taken].Name} and {_rows[place].Name}: each operation belongs to one.");
                }

                taken = place;
            }
        }

        if (Enum.GetValues<HostOp>().Where(op => _places[(int)op] == None).ToArray() is { Length: > 0 } orphans)
        {
            throw new InvalidOperationException(
                $"No port answers {string.Join(", ", orphans)}: each host operation needs one, in its Ops and in the rows of the table.");
        }
    }

    /// <summary>How many ports there are.</summary>
    public int Count => _rows.Length;

    /// <summary>Where the port of an operation stands.</summary>
    /// <exception cref="InvalidOperationException">There is no such operation.</exception>
    public int PlaceOf(HostOp op) =>
        (uint)op < (uint)_places.Length && _places[(int)op] is var place and not None ? place : throw Unknown(op);

    /// <summary>Gives a context its port.</summary>
    public IHostPort Create(int place, V8Context context) => _rows[place].Of(context);

    private static InvalidOperationException Unknown(HostOp op) =>
        new($"The host has no operation {(int)op}: the JavaScript bundle and the assembly are from different builds.");
}
