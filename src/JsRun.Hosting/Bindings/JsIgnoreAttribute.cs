namespace JsRun;

/// <summary>Leaves a public member out of what <see cref="JsExportAttribute"/> exports.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, Inherited = false)]
public sealed class JsIgnoreAttribute : Attribute;
