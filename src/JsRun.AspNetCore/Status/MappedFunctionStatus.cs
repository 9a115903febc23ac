using System.Text.Json.Serialization;

namespace JsRun.AspNetCore.Status;

/// <summary>One file in what <c>/_jsrun</c> answers.</summary>
internal sealed record MappedFunctionStatus(
    string Route,
    string File,
    int Generation,
    JsIsolation Isolation,
    string Tier,
    string? TierReason,
    EdgeFunctionState State,
    string? Error,
    long Requests,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Group);
