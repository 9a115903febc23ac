using System.Text.Json.Serialization;
using JsRun.Workers;

namespace JsRun.AspNetCore.Status;

/// <summary>What <c>/_jsrun</c> answers.</summary>
/// <param name="Functions">Every file that was mapped.</param>
/// <param name="Pool">The pool of the default group.</param>
/// <param name="Groups">The pools of the other groups by name; absent where there are none.</param>
/// <param name="Workers">The worker processes; absent if no group has any.</param>
internal sealed record StatusReport(
    IReadOnlyList<MappedFunctionStatus> Functions,
    JsPoolStatus Pool,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, JsPoolStatus>? Groups,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<WorkerStatus>? Workers);
