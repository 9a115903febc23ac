using System.Globalization;
using System.Text;
using System.Xml;

namespace JsRun.Cli.Testing;

/// <summary>JUnit's XML, written at the end.</summary>
internal sealed class JUnitReporter(TextWriter output) : ITestReporter
{
    private readonly Dictionary<string, StringBuilder> _consoles = new(StringComparer.Ordinal);

    public void BeginFile(string file)
    {
    }

    public void Add(TestResult result)
    {
    }

    public void Console(string file, JsConsoleMessage message)
    {
        lock (_consoles)
        {
            (_consoles.TryGetValue(file, out var text) ? text : _consoles[file] = new()).Append(message.Text).Append('\n');
        }
    }

    public void End(IReadOnlyList<TestResult> results, TimeSpan duration)
    {
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            WriteCounts(xml, results);
            xml.WriteAttributeString("time", Seconds(duration));
            foreach (var file in results.GroupBy(static result => result.File, StringComparer.Ordinal))
            {
                xml.WriteStartElement("testsuite");
                xml.WriteAttributeString("name", Printable(file.Key));
                WriteCounts(xml, [.. file]);
                foreach (var result in file)
                {
                    WriteTest(xml, result);
                }

                if (_consoles.TryGetValue(file.Key, out var console))
                {
                    xml.WriteElementString("system-out", Printable(console.ToString()));
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        output.WriteLine();
    }

    private static void WriteTest(XmlWriter xml, TestResult result)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Printable(result.File));
        xml.WriteAttributeString("name", Printable(result.Name));
        xml.WriteAttributeString("time", Seconds(result.Duration));
        if (result.Error is not null)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", Printable(result.Error.Split('\n')[0]));
            xml.WriteString(Printable(result.Error));
            xml.WriteEndElement();
        }
        else if (result.Outcome is TestOutcome.Skipped or TestOutcome.Todo)
        {
            xml.WriteElementString("skipped", null);
        }

        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, IReadOnlyList<TestResult> results)
    {
        xml.WriteAttributeString("tests", results.Count.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", results.Count(static result => result.Outcome == TestOutcome.Failed).ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("skipped", results.Count(static result => result.Outcome is TestOutcome.Skipped or TestOutcome.Todo).ToString(CultureInfo.InvariantCulture));
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>XML has no control characters, however they are written.</summary>
    private static string Printable(string text) => string.Concat(text.EnumerateRunes().Select(static rune => rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "\uFFFD"));
}
