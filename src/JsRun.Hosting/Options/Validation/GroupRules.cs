using JsRun.Permissions;
using Microsoft.Extensions.Options;

namespace JsRun.Options.Validation;

/// <summary>What holds for every pool group, the default one included. Keys are told as they stand in the configuration, under <c>section</c>.</summary>
internal static class GroupRules
{
    private static readonly JsRunLimitsOptionsValidator Limits = new();
    private static readonly JsRunWorkersOptionsValidator Workers = new();

    public static void Check(string section, JsRunGroupOptions group, ValidateOptionsResultBuilder result)
    {
        CheckEnum($"{section}:Isolation", group.Isolation, result);
        CheckEnum($"{section}:Placement", group.Placement, result);
        CheckEnum($"{section}:Surface", group.Surface, result);
        result.AddResult(Limits.Validate($"{section}:Limits", group.Limits));
        CheckEnum($"{section}:Workers:Sandbox", group.Workers.Sandbox, result);
        result.AddResult(Workers.Validate($"{section}:Workers", group.Workers));

        for (var i = 0; i < group.Permissions.Count; i++)
        {
            if (!Permission.TryParse(group.Permissions[i], out _, out var error))
            {
                result.AddError($"{section}:Permissions:{i} is '{group.Permissions[i]}', which is not valid: {error}");
            }
        }

        foreach (var name in group.Env.Keys)
        {
            if (!Permission.IsEnvName(name))
            {
                result.AddError(Describe.Invalid($"{section}:Env:{name}", name, "a name of letters, digits and '_' that does not begin with a digit"));
            }
        }
    }

    public static void CheckEnum<T>(string key, T value, ValidateOptionsResultBuilder result)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            result.AddError(Describe.Invalid(key, value, Describe.OneOf(Enum.GetNames<T>())));
        }
    }
}
