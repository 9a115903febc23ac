using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace JsRun.Cli.Commands;

/// <summary><c>--timeout SECONDS</c></summary>
internal static class TimeoutOption
{
    private const double Longest = 24 * 60 * 60;

    public static Option<TimeSpan?> Create() => new("--timeout")
    {
        Description = "Ends a script that takes longer. There is no limit by default.",
        HelpName = "SECONDS",
        CustomParser = Parse,
    };

    private static TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.01 and <= Longest)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        result.AddError($"--timeout is '{text}': specify seconds, from 0.01 to {Longest}.");
        return null;
    }
}
