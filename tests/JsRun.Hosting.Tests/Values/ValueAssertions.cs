using System.Collections;

namespace JsRun.Hosting.Tests.Values;

/// <summary>Compares values as they cross: Shouldly takes 4, 4L and 4.0 for equal, and 0 and -0.</summary>
internal static class ValueAssertions
{
    /// <summary>The same type and the same value, all the way down.</summary>
    public static void ShouldBeExactly(this object? actual, object? expected, string? customMessage = null) => Describe(actual).ShouldBe(Describe(expected), customMessage);

    private static string Describe(object? value) => value switch
    {
        null => "null",
        double number => double.IsNegative(number) && number == 0 ? "Double -0" : $"Double {number:R}",
        string text => $"String \"{text}\"",
        IDictionary<string, object?> entries => $"{Name(value)} {{ {string.Join(", ", entries.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}: {Describe(e.Value)}"))} }}",
        IEnumerable items => $"{Name(value)} [ {string.Join(", ", items.Cast<object?>().Select(Describe))} ]",
        DateTimeOffset date => $"DateTimeOffset {date:O}",
        _ => $"{Name(value)} {value}",
    };

    private static string Name(object value) => value.GetType().Name;
}
