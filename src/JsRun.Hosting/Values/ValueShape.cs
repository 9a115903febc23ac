using System.Collections;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace JsRun.Values;

/// <summary>What kind of thing a .NET type is in JavaScript, where it is no scalar.</summary>
internal enum ValueShape
{
    /// <summary>An object, as its contract of System.Text.Json tells.</summary>
    Contract,
    List,
    Set,
    Dictionary,
    Tuple,
}

internal static class ValueShapes
{
    private static readonly ConcurrentDictionary<Type, ValueShape> Known = new();

    public static ValueShape Of(Type type) => Known.GetOrAdd(type, static t => Find(t));

    private static ValueShape Find(Type type)
    {
        if (type.IsAssignableTo(typeof(ITuple)))
        {
            return ValueShape.Tuple;
        }

        if (type.GetInterfaces().Any(static i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(ISet<>) || i.GetGenericTypeDefinition() == typeof(IReadOnlySet<>))))
        {
            return ValueShape.Set;
        }

        return type.IsAssignableTo(typeof(IDictionary)) ? ValueShape.Dictionary
            : type.IsAssignableTo(typeof(IEnumerable)) ? ValueShape.List
            : ValueShape.Contract;
    }
}
