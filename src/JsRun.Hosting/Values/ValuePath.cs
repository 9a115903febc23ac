using System.Globalization;
using System.Text;

namespace JsRun.Values;

/// <summary>The writer's place in a value: the objects on the way there, to find cycles, and the names of their parts.</summary>
internal sealed class ValuePath
{
    private readonly List<(object Holder, string? Name, int Index)> _steps = [];

    public int Depth => _steps.Count;

    /// <summary>Goes into an object.</summary>
    /// <returns>Whether it is not one that it is in already.</returns>
    public bool Enter(object holder)
    {
        if (Holds(holder))
        {
            return false;
        }

        _steps.Add((holder, null, -1));
        return true;
    }

    /// <summary>Returns whether the writer is in that object.</summary>
    public bool Holds(object holder)
    {
        foreach (var step in _steps)
        {
            if (ReferenceEquals(step.Holder, holder))
            {
                return true;
            }
        }

        return false;
    }

    public void At(string name) => _steps[^1] = (_steps[^1].Holder, name, -1);

    public void At(int index) => _steps[^1] = (_steps[^1].Holder, null, index);

    public void Leave() => _steps.RemoveAt(_steps.Count - 1);

    /// <summary>Such as <c>value.Items[3].Name</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("value");
        foreach (var (_, name, index) in _steps)
        {
            if (name is not null)
            {
                text.Append('.').Append(name);
            }
            else if (index >= 0)
            {
                text.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']');
            }
        }

        return text.ToString();
    }
}
