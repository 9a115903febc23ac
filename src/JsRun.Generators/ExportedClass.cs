namespace JsRun.Generators;

/// <summary>A class with <c>[JsExport]</c>, as far as its registration depends on it.</summary>
/// <param name="Namespace">Empty for the global one.</param>
/// <param name="Containers">The declarations around it, from the outside: <c>partial class Outer</c>.</param>
/// <param name="Declaration">Its own: <c>partial class Name&lt;T&gt;</c>.</param>
/// <param name="FileName">The generated file's name.</param>
/// <param name="Members">What is exported.</param>
/// <param name="Problems">What is to be reported; where one is an error nothing is written.</param>
internal sealed record ExportedClass(
    string Namespace,
    EquatableArray<string> Containers,
    string Declaration,
    string FileName,
    EquatableArray<ExportedMember> Members,
    EquatableArray<Problem> Problems);
