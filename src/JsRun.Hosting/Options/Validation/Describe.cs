using System.Globalization;

namespace JsRun.Options.Validation;

/// <summary>The sentences that validation speaks: which key, what was given, what is allowed.</summary>
internal static class Describe
{
    public static string OutOfRange(string key, object value, string range) => $"{key} is '{Text(value)}', which is out of range: allowed is {range}.";

    public static string Invalid(string key, object? value, string allowed) => $"{key} is '{Text(value)}', which is not valid: allowed is {allowed}.";

    public static string OneOf(IEnumerable<string> names) => string.Join(", ", names);

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
