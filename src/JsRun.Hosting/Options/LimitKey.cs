namespace JsRun.Options;

/// <summary>The configuration key that changes a limit for the functions of a group.</summary>
internal static class LimitKey
{
    /// <param name="group">The group's name; nothing for the default group.</param>
    /// <param name="limit">The name of the property of <see cref="JsRunLimitsOptions"/>.</param>
    public static string Of(string? group, string limit) => $"{JsRunGroups.SectionOf(group ?? JsRunOptions.DefaultGroupName)}:Limits:{limit}";
}
