namespace JsRun.Workers.Sandbox;

/// <summary>Which measures of the sandbox are in force, and why the others are not.</summary>
/// <param name="Measures">The measures.</param>
internal sealed record SandboxReport(IReadOnlyList<SandboxMeasure> Measures)
{
    // No text in a report has a control character.
    private const char EndOfMeasure = '\u001e';
    private const char EndOfPart = '\u001f';
    private const string Applied = "+";

    /// <summary>Gets whether every measure is in force.</summary>
    public bool IsComplete => Measures.All(static m => m.IsApplied);

    /// <summary>Names what is missing and why, for a message; empty if nothing is.</summary>
    public string Missing => string.Join("; ", Measures.Where(static m => !m.IsApplied).Select(static m => $"{m.Name}: {m.Detail}"));

    /// <summary>Returns the report as <c>/_jsrun</c> shows it: for each measure <see langword="true"/>, its extent or <see langword="false"/>, and under <c>missing</c> the reasons.</summary>
    public IReadOnlyDictionary<string, object> ToData()
    {
        var data = Measures.ToDictionary(static m => m.Name, static m => !m.IsApplied ? false : (object?)m.Detail ?? true);
        var missing = Measures.Where(static m => !m.IsApplied).ToDictionary(static m => m.Name, static m => m.Detail ?? "");
        if (missing.Count > 0)
        {
            data["missing"] = missing;
        }

        return data;
    }

    /// <summary>Writes the report as one text without line breaks, for an environment variable or a message to the host.</summary>
    public override string ToString() => string.Join(EndOfMeasure, Measures.Select(static m => string.Join(EndOfPart, m.Name, m.IsApplied ? Applied : "", m.Detail ?? "")));

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static SandboxReport Parse(string text)
    {
        var measures = new List<SandboxMeasure>();
        foreach (var measure in text.Split(EndOfMeasure, StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = measure.Split(EndOfPart);
            measures.Add(parts.Length == 3 ? new SandboxMeasure(parts[0], parts[1] == Applied, parts[2].Length == 0 ? null : parts[2]) : throw new FormatException("The text is not the report of a sandbox."));
        }

        return new SandboxReport(measures);
    }
}
