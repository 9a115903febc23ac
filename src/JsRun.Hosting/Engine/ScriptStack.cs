namespace JsRun.Engine;

/// <summary>Takes out of a stack trace what is not the author's: the frames of the embedded scripts, whose file names begin with <c>jsrun:</c>.</summary>
internal static class ScriptStack
{
    // The frame of the builtin by which the kernel evaluates a script.
    private const string EvalFrame = "    at eval (<anonymous>)";

    // Beneath it is the frame of a script that the kernel made of the author's: the piece's own frame has the author's position.
    private const string PieceFrame = "    at runPiece (jsrun:";

    public static string WithoutOwnFrames(string stack)
    {
        var lines = stack.Split('\n');
        return string.Join('\n', lines.Where((line, i) =>
            !IsOwn(line)
            && !(line == EvalFrame && i + 1 < lines.Length && IsOwn(lines[i + 1]))
            && !(i > 0 && lines[i - 1].StartsWith(PieceFrame, StringComparison.Ordinal))));
    }

    private static bool IsOwn(string line) =>
        line.StartsWith("    at ", StringComparison.Ordinal) && (line.Contains("(jsrun:", StringComparison.Ordinal) || line.StartsWith("    at jsrun:", StringComparison.Ordinal) || line.StartsWith("    at async jsrun:", StringComparison.Ordinal) || line.StartsWith("    at FastHostFunction.", StringComparison.Ordinal));
}
