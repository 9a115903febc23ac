namespace JsRun;

/// <summary>
/// On a partial class: the public instance methods and properties that it declares are there for JavaScript when an instance of it is bound. The package's source generator writes
/// the registration, without reflection, as an implementation of <see cref="IJsExportable"/>. Names begin with a lower case letter in JavaScript.
/// On a member: the name that it has there.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="name">On a member, its name in JavaScript: any text. On a class, of no effect.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method | AttributeTargets.Property, Inherited = false)]
public sealed class JsExportAttribute(string? name = null) : Attribute
{
    /// <summary>The member's name in JavaScript.</summary>
    /// <value>The default is <see langword="null"/>: its own, with a lower case letter first.</value>
    public string? Name { get; } = name;
}
