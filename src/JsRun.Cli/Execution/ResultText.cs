using JsRun.Values;

namespace JsRun.Cli.Execution;

/// <summary>A completion value as <c>jsrun eval</c> prints it.</summary>
internal static class ResultText
{
    /// <summary>Gives the line, or <see langword="null"/> where nothing is printed.</summary>
    public static string? Of(JsResult value) => value.Kind switch
    {
        JsResultKind.Undefined => null,
        JsResultKind.BigInt => $"{value.Text}n",
        _ => value.Text,
    };
}
