using Microsoft.Extensions.Options;

namespace JsRun.Options.Validation;

/// <summary>Validates everything when the host starts: ranges by the generated validators, the rest and what depends on each other here.</summary>
internal sealed class JsRunOptionsValidator : IValidateOptions<JsRunOptions>
{
    private const string Root = JsRunOptions.SectionName;
    private static readonly JsRunPoolOptionsValidator Pool = new();
    private static readonly JsRunImagesOptionsValidator Images = new();

    public ValidateOptionsResult Validate(string? name, JsRunOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        foreach (var failure in options.ConfigurationFailures)
        {
            result.AddError(failure);
        }

        GroupRules.Check(Root, options, result);
        foreach (var (group, settings) in options.Groups)
        {
            if (!GroupName.IsValid(group))
            {
                result.AddError(Describe.Invalid($"{Root}:Groups:{group}", group, GroupName.Allowed));
            }

            GroupRules.Check($"{Root}:Groups:{group}", settings, result);
        }

        CheckPool(options.Pool, result);
        CheckRest(options, result);
        return result.Build();
    }

    private static void CheckPool(JsRunPoolOptions pool, ValidateOptionsResultBuilder result)
    {
        result.AddResult(Pool.Validate($"{Root}:Pool", pool));
        if (pool.MinIsolates > pool.MaxIsolates)
        {
            result.AddError($"{Root}:Pool:MinIsolates is '{pool.MinIsolates}', which is more than {Root}:Pool:MaxIsolates ('{pool.MaxIsolates}'): lower the one or raise the other.");
        }
    }

    private static void CheckRest(JsRunOptions options, ValidateOptionsResultBuilder result)
    {
        GroupRules.CheckEnum($"{Root}:Engine:Native", options.Engine.Native, result);
        GroupRules.CheckEnum($"{Root}:Images:Tier", options.Images.Tier, result);
        result.AddResult(Images.Validate($"{Root}:Images", options.Images));
        if (options.Images.CachePath is { } path && !Path.IsPathFullyQualified(path))
        {
            result.AddError(Describe.Invalid($"{Root}:Images:CachePath", path, "an absolute path"));
        }

        if (options.Inspector.Token is { } token && !IsToken(token))
        {
            // Not Describe: the message must not show it.
            result.AddError($"{Root}:Inspector:Token is not valid: choose 16 to 128 letters, digits, '-' and '_'.");
        }

        if (options.Inspector.Path is not ['/', ..])
        {
            result.AddError(Describe.Invalid($"{Root}:Inspector:Path", options.Inspector.Path, "a path that begins with '/'"));
        }
    }

    private static bool IsToken(string token) => token.Length is >= 16 and <= 128 && token.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
