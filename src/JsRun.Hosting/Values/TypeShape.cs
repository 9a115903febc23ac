using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace JsRun.Values;

/// <summary>What a .NET type is in JavaScript, if it is not a scalar, and what its parts are declared as.</summary>
internal sealed class TypeShape
{
    private static readonly ConcurrentDictionary<Type, TypeShape> Known = new();
    private static readonly MethodInfo EntriesMethod = typeof(TypeShape).GetMethod(nameof(ReadEntries), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>What <see cref="object"/> says of a value: nothing.</summary>
    public static TypeShape Undeclared { get; } = new();

    public ValueShape Kind { get; private init; }

    /// <summary>What the items of a list or set, or the values of a dictionary, are declared as.</summary>
    public Type Item { get; private init; } = typeof(object);

    /// <summary>What the keys of a dictionary are declared as.</summary>
    public Type Key { get; private init; } = typeof(object);

    /// <summary>What the items of a tuple are declared as; empty if its type does not say.</summary>
    public IReadOnlyList<Type> Items { get; private init; } = [];

    /// <summary>Reads a dictionary that has only the generic interface.</summary>
    public Func<object, IEnumerable<DictionaryEntry>>? Entries { get; private init; }

    public static TypeShape Of(Type type) => Known.GetOrAdd(type, static t => Find(t));

    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The method has no requirements of its type arguments.")]
    private static TypeShape Find(Type type)
    {
        if (type.IsAssignableTo(typeof(ITuple)))
        {
            return new TypeShape { Kind = ValueShape.Tuple, Items = [.. ItemsOf(type)] };
        }

        if ((FindGeneric(type, typeof(ISet<>)) ?? FindGeneric(type, typeof(IReadOnlySet<>))) is [var member])
        {
            return new TypeShape { Kind = ValueShape.Set, Item = member };
        }

        var entry = FindGeneric(type, typeof(IDictionary<,>)) ?? FindGeneric(type, typeof(IReadOnlyDictionary<,>));
        if (entry is not null || type.IsAssignableTo(typeof(IDictionary)))
        {
            return new TypeShape
            {
                Kind = ValueShape.Dictionary,
                Key = entry?[0] ?? typeof(object),
                Item = entry?[1] ?? typeof(object),
                Entries = type.IsAssignableTo(typeof(IDictionary)) || entry is null ? null : EntriesMethod.MakeGenericMethod(entry).CreateDelegate<Func<object, IEnumerable<DictionaryEntry>>>(),
            };
        }

        return type.IsAssignableTo(typeof(IEnumerable))
            ? new TypeShape { Kind = ValueShape.List, Item = FindGeneric(type, typeof(IEnumerable<>)) is [var item] ? item : typeof(object) }
            : new TypeShape();
    }

    /// <summary>The arguments of a generic interface that the type is or implements, if it does so once.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Interfaces that are used stay on the types that have them; nobody can have the value as one that was trimmed away.")]
    private static Type[]? FindGeneric(Type type, Type definition)
    {
        var found = type.GetInterfaces().Append(type).Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == definition).Take(2).ToArray();
        return found is [var only] ? only.GetGenericArguments() : null;
    }

    // What does not fit into a tuple is in a tuple at its end.
    private static IEnumerable<Type> ItemsOf(Type type) => !type.IsGenericType ? []
        : type.GetGenericArguments() is [.. var first, var rest] && first.Length == 7 && rest.IsAssignableTo(typeof(ITuple)) ? first.Concat(ItemsOf(rest))
        : type.GetGenericArguments();

    private static IEnumerable<DictionaryEntry> ReadEntries<TKey, TValue>(object value)
        where TKey : notnull => ((IEnumerable<KeyValuePair<TKey, TValue>>)value).Select(static entry => new DictionaryEntry(entry.Key, entry.Value));
}
