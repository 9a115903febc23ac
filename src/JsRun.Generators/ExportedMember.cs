namespace JsRun.Generators;

/// <summary>A method or property that is exported.</summary>
/// <param name="Name">Its name in JavaScript.</param>
/// <param name="Target">How C# says it: <c>this.Add</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Type">The type of a property or a result, or what an asynchronous method's task holds; empty where there is none.</param>
/// <param name="Arguments">A method's arguments, as expressions.</param>
/// <param name="Value">What a property is set to, as an expression; empty where it cannot be set.</param>
internal sealed record ExportedMember(string Name, string Target, MemberKind Kind, string Type, EquatableArray<string> Arguments, string Value);
