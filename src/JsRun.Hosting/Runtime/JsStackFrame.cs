namespace JsRun;

/// <summary>One frame of a script's stack.</summary>
/// <param name="FunctionName">The function, as V8 names it; <see langword="null"/> at the top level of a script.</param>
/// <param name="FileName">The script's name.</param>
/// <param name="LineNumber">The line, from 1; 0 where it is not known.</param>
/// <param name="ColumnNumber">The column, from 1; 0 where it is not known.</param>
public sealed record JsStackFrame(string? FunctionName, string? FileName, int LineNumber, int ColumnNumber);
