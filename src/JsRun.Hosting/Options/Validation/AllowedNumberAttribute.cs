using System.ComponentModel.DataAnnotations;
using System.Globalization;
using JsRun.Limits;

namespace JsRun.Options.Validation;

/// <summary>The range of a whole number. Unlike <see cref="RangeAttribute"/> its message names the configuration key and the value.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AllowedNumberAttribute(long minimum, long maximum) : AllowedAttribute
{
    public long Minimum { get; } = minimum;

    public long Maximum { get; } = maximum;

    public override string Range => string.Create(CultureInfo.InvariantCulture, $"{Minimum} to {Maximum}{InBytes}");

    // What goes up to so much in whole units is a size.
    private string InBytes => Maximum >= 1 << 20 && Maximum % (1 << 20) == 0 ? $" ({ByteText.Of(Minimum)} to {ByteText.Of(Maximum)})" : "";

    protected override bool IsAllowed(object value) =>
        Convert.ToInt64(value, CultureInfo.InvariantCulture) is var number && number >= Minimum && number <= Maximum;
}
