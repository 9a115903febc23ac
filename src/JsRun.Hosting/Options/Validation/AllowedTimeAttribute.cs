using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace JsRun.Options.Validation;

/// <summary>The range of a <see cref="TimeSpan"/>. Unlike <see cref="RangeAttribute"/> its message names the configuration key and the value.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AllowedTimeAttribute(string minimum, string maximum) : AllowedAttribute
{
    public string Minimum { get; } = minimum;

    public string Maximum { get; } = maximum;

    public override string Range => $"{Minimum} to {Maximum} ([days.]hours:minutes:seconds)";

    protected override bool IsAllowed(object value) =>
        value is TimeSpan time && time >= TimeSpan.Parse(Minimum, CultureInfo.InvariantCulture) && time <= TimeSpan.Parse(Maximum, CultureInfo.InvariantCulture);
}
