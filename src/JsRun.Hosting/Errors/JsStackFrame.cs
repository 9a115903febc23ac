using System.Globalization;

namespace JsRun;

/// <summary>One frame of a script's stack.</summary>
/// <param name="FunctionName">The function, as V8 names it; <see langword="null"/> at the top level of a script.</param>
/// <param name="FileName">The script's name, as it was given; <see langword="null"/> for a function that no script has, such as <c>Array.map</c>.</param>
/// <param name="LineNumber">The line, from 1; 0 if it is not known.</param>
/// <param name="ColumnNumber">The column in UTF-16 code units, from 1; 0 if it is not known.</param>
public sealed record JsStackFrame(string? FunctionName, string? FileName, int LineNumber, int ColumnNumber)
{
    /// <summary>Returns the frame as stacks show it, such as <c>f (user.js:2:22)</c>.</summary>
    /// <returns>The function, and the place in parentheses; only the place at the top level of a script.</returns>
    public override string ToString()
    {
        var file = string.IsNullOrEmpty(FileName) ? "<anonymous>" : FileName;
        var place = LineNumber > 0 ? string.Create(CultureInfo.InvariantCulture, $"{file}:{LineNumber}:{ColumnNumber}") : file;
        return FunctionName is null ? place : $"{FunctionName} ({place})";
    }
}
