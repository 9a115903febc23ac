using System.Text.Json.Serialization;

namespace JsRun.Modules;

/// <summary>A binding of <c>imports[from]</c>; without a name it is the module's namespace.</summary>
internal sealed record ImportedName(int From, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Name, int Line, int Column);
