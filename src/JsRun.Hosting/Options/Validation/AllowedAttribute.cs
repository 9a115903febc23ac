using System.ComponentModel.DataAnnotations;

namespace JsRun.Options.Validation;

/// <summary>A range whose message reads as the configuration does: the validators are called with the section's path, so the key can be told.</summary>
internal abstract class AllowedAttribute : ValidationAttribute
{
    /// <summary>The range as text.</summary>
    public abstract string Range { get; }

    protected abstract bool IsAllowed(object value);

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is null || IsAllowed(value))
        {
            return ValidationResult.Success;
        }

        // The generated validators call a member "<name given to Validate>.<property>"; names of groups may hold a dot, so only the last one is replaced.
        var name = validationContext.DisplayName;
        var dot = name.LastIndexOf('.');
        var key = dot < 0 ? name : string.Concat(name.AsSpan(0, dot), ":", name.AsSpan(dot + 1));
        return new ValidationResult(Describe.OutOfRange(key, value, Range));
    }
}
