using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace JsRun.Bindings;

/// <summary>Reads what a host function returned by what it is, whatever its signature says: a value, or a task of one.</summary>
internal static class HostAnswer
{
    private static readonly ConcurrentDictionary<Type, Func<object, Task<object?>>?> Adapters = new();

    /// <summary>Gives the task where there is one to wait for, else <see langword="null"/>: the answer is its own value.</summary>
    public static Task<object?>? AsTask(object? answer) => answer switch
    {
        null or string or double or int or long or bool => null,
        Task<object?> task => task,
        Task or ValueType => Adapters.GetOrAdd(answer.GetType(), static type => FindAdapter(type))?.Invoke(answer),
        _ => null,
    };

    public static async Task<object?> Adapt<T>(Task<T> task) => await task.ConfigureAwait(false);

    public static async Task<object?> Adapt(Task task)
    {
        await task.ConfigureAwait(false);
        return JsUndefined.Value;
    }

    /// <summary>Returns whether a method with this return type answers with a promise.</summary>
    public static bool IsAsync(Type returned) =>
        typeof(Task).IsAssignableFrom(returned) || returned == typeof(ValueTask) || (returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(ValueTask<>));

    /// <summary>What a value is declared as that a method with this return type answers with, now or later.</summary>
    public static Type ValueOf(Type returned)
    {
        if (returned.IsGenericType && (returned.GetGenericTypeDefinition() == typeof(Task<>) || returned.GetGenericTypeDefinition() == typeof(ValueTask<>)))
        {
            return returned.GetGenericArguments()[0];
        }

        return returned == typeof(void) || IsAsync(returned) ? typeof(object) : returned;
    }

    private static Func<object, Task<object?>>? FindAdapter(Type type)
    {
        if (type == typeof(ValueTask))
        {
            return static answer => Adapt(((ValueTask)answer).AsTask());
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
        {
            return Make(nameof(AdaptValueTask), type.GetGenericArguments()[0]);
        }

        for (var t = type; t is not null; t = t.BaseType)
        {
            if (t.IsGenericType && t.GetGenericTypeDefinition() == typeof(Task<>))
            {
                // The task of an async method without a value has one all the same, of a type that nobody can name.
                return t.GetGenericArguments()[0].Name == "VoidTaskResult" ? static answer => Adapt((Task)answer) : Make(nameof(AdaptTask), t.GetGenericArguments()[0]);
            }
        }

        return typeof(Task).IsAssignableFrom(type) ? static answer => Adapt((Task)answer) : null;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The method has no requirements of its type arguments.")]
    private static Func<object, Task<object?>> Make(string method, Type result) =>
        typeof(HostAnswer).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(result).CreateDelegate<Func<object, Task<object?>>>();

    private static Task<object?> AdaptTask<T>(object answer) => Adapt((Task<T>)answer);

    private static Task<object?> AdaptValueTask<T>(object answer) => Adapt(((ValueTask<T>)answer).AsTask());
}
