using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using JsRun.Streams;
using JsRun.Values;

namespace JsRun.Bindings;

/// <summary>Objects that are bound as data. Their methods do not cross, and a message says so if a service is bound by mistake.</summary>
internal static class PlainObject
{
    // What every class may have, and no script would call.
    private static readonly HashSet<string> Common = [nameof(Equals), nameof(GetHashCode), nameof(ToString), nameof(IComparable.CompareTo), nameof(IDisposable.Dispose), nameof(IAsyncDisposable.DisposeAsync)];

    /// <param name="name">The name that it is bound by.</param>
    /// <param name="value">What is bound.</param>
    /// <param name="withData">Whether an object may have methods if it has data as well.</param>
    /// <exception cref="ArgumentException">It has methods that scripts could not call.</exception>
    public static void Check(string name, object value, bool withData)
    {
        var type = value.GetType();
        if (!IsPlain(type) || FindMethod(type) is not { } method || (withData && HasData(type)))
        {
            return;
        }

        throw new ArgumentException(
            $"'{name}' is a {type}, whose methods ('{method.Name}') scripts could not call: add [JsExport] to the class and make it partial, or bind a dictionary of delegates. To bind its data alone, bind JsonSerializer.SerializeToNode(value).",
            nameof(value));
    }

    private static bool IsPlain(Type type) =>
        !type.IsValueType
        && type.Namespace?.StartsWith(nameof(System), StringComparison.Ordinal) != true
        && TypeShape.Of(type).Kind == ValueShape.Contract
        && !type.IsAssignableTo(typeof(IJsExportable))
        && !StreamTypes.Includes(type)
        && !type.IsAssignableTo(typeof(Exception))
        && !type.IsDefined(typeof(JsonConverterAttribute), inherit: true)
        && type.Assembly != typeof(PlainObject).Assembly;

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "It only finds out whether to refuse the object: a method that was trimmed away could not be called anyway.")]
    private static MethodInfo? FindMethod(Type type) => Array.Find(
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance),
        static m => !m.IsSpecialName && m.DeclaringType != typeof(object) && !Common.Contains(m.Name) && !m.IsDefined(typeof(CompilerGeneratedAttribute)));

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "It only finds out whether to refuse the object: a method that was trimmed away could not be called anyway.")]
    private static bool HasData(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Any(static p => p.CanRead && p.GetIndexParameters().Length == 0);
}
