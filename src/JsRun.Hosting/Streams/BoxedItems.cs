using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Threading.Channels;

namespace JsRun.Streams;

/// <summary>Finds out what an object streams where only its type tells.</summary>
internal static class BoxedItems
{
    private static readonly MethodInfo FromItems = typeof(BoxedItems).GetMethod(nameof(Items), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo FromChannel = typeof(BoxedItems).GetMethod(nameof(Channel), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly ConcurrentDictionary<Type, Func<object, JsStreamSource>?> Known = [];

    public static JsStreamSource? TryFrom(object value) => Known.GetOrAdd(value.GetType(), Find)?.Invoke(value);

    private static Func<object, JsStreamSource>? Find(Type type)
    {
        for (var t = type; t is not null; t = t.BaseType)
        {
            if (t.IsGenericType && t.GetGenericTypeDefinition() == typeof(ChannelReader<>))
            {
                return Make(FromChannel, t);
            }
        }

        var items = StreamTypes.FindItems(type);
        return items is null ? null : Make(FromItems, items);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The method has no requirements of its type arguments.")]
    private static Func<object, JsStreamSource> Make(MethodInfo method, Type type) => method.MakeGenericMethod(type.GetGenericArguments()).CreateDelegate<Func<object, JsStreamSource>>();

    private static JsStreamSource Items<T>(object value) => JsStreamSource.From((IAsyncEnumerable<T>)value);

    private static JsStreamSource Channel<T>(object value) => JsStreamSource.From((ChannelReader<T>)value);
}

/// <summary>Items of any type as objects.</summary>
internal sealed class BoxedItems<T>(IAsyncEnumerable<T> items) : IAsyncEnumerable<object?>
{
    public async IAsyncEnumerator<object?> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return item;
        }
    }
}
