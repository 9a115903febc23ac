using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace JsRun.Values;

/// <summary>The value that a variable of a type has at first.</summary>
internal static class DefaultValue
{
    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "A value type of zeros needs no constructor.")]
    public static object? Of(Type type) => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? RuntimeHelpers.GetUninitializedObject(type) : null;
}
