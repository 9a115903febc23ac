using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Threading.Channels;

namespace JsRun.Streams;

/// <summary>The types whose values cross as streams.</summary>
internal static class StreamTypes
{
    /// <summary>Returns whether values of the type are streams in JavaScript.</summary>
    public static bool Includes(Type type) =>
        type.IsAssignableTo(typeof(Stream)) || type.IsAssignableTo(typeof(PipeReader)) || type == typeof(JsStreamSource) || IsChannel(type) || FindItems(type) is not null;

    /// <summary>The <see cref="IAsyncEnumerable{T}"/> that the type is, if it is one.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Interfaces that are used stay on the types that have them; nobody can have the value as one that was trimmed away.")]
    public static Type? FindItems(Type type) => IsItems(type) ? type : Array.Find(type.GetInterfaces(), IsItems);

    private static bool IsItems(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>);

    private static bool IsChannel(Type? type) => type is not null && ((type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ChannelReader<>)) || IsChannel(type.BaseType));
}
