using System.Globalization;

namespace JsRun;

/// <summary>One frame of a script's stack.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record JsStackFrame
{
    /// <summary>Gets the name of the function, as V8 reports it; <see langword="null"/> at the top level of a script.</summary>
    public string? FunctionName { get; init; }

    /// <summary>Gets the name of the script, as it was given; <see langword="null"/> for a built-in function, such as <c>Array.map</c>.</summary>
    public string? FileName { get; init; }

    /// <summary>Gets the line, from 1; 0 if it is not known.</summary>
    public int LineNumber { get; init; }

    /// <summary>Gets the column in UTF-16 code units, from 1; 0 if it is not known.</summary>
    public int ColumnNumber { get; init; }

    /// <summary>Returns the frame as stacks show it, such as <c>f (user.js:2:22)</c>.</summary>
    /// <returns>The function, and the place in parentheses; only the place at the top level of a script.</returns>
    public override string ToString()
    {
        var file = string.IsNullOrEmpty(FileName) ? "<anonymous>" : FileName;
        var place = LineNumber > 0 ? string.Create(CultureInfo.InvariantCulture, $"{file}:{LineNumber}:{ColumnNumber}") : file;
        return FunctionName is null ? place : $"{FunctionName} ({place})";
    }
}
