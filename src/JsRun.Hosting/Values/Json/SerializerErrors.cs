using System.Text.Json;

namespace JsRun.Values.Json;

/// <summary>Tells what System.Text.Json says of a value from what an application's converters, resolvers and types throw: the messages of those are not for scripts.</summary>
internal static class SerializerErrors
{
    private static readonly string? Serializer = typeof(JsonSerializer).Assembly.GetName().Name;
    private static readonly string? Ours = typeof(SerializerErrors).Assembly.GetName().Name;

    /// <summary>Returns whether the message is the serializer's or JsRun's. The serializer repeats the message of a <see cref="NotSupportedException"/> that a converter threw, and keeps that as the cause.</summary>
    public static bool IsOwn(Exception e) => e switch
    {
        JsonException => IsFromSerializer(e),
        NotSupportedException or InvalidOperationException => IsFromSerializer(e) && (e.InnerException is null || IsOwn(e.InnerException)),
        _ => false,
    };

    /// <summary>Returns whether the platform or JsRun threw it while a value was converted, such as the <see cref="OverflowException"/> of a number that is too large.</summary>
    public static bool IsOfPlatform(Exception e) => e.Source is { } source && (source == Ours || source.StartsWith("System.", StringComparison.Ordinal));

    private static bool IsFromSerializer(Exception e) => e.Source is { } source && (source == Serializer || source == Ours);
}
