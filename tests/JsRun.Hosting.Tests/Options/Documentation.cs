using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace JsRun.Hosting.Tests.Options;

/// <summary>The documentation comments of the options, as plain text.</summary>
internal static partial class Documentation
{
    private static readonly Dictionary<string, XElement> Members = XDocument.Load(Path.ChangeExtension(typeof(JsRunOptions).Assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(member => (string)member.Attribute("name")!);

    public static string Of(PropertyInfo property)
    {
        var member = Members[$"P:{property.DeclaringType!.FullName}.{property.Name}"];
        return Spaces().Replace(string.Join(' ', new[] { "summary", "value" }.Select(name => member.Element(name)).OfType<XElement>().Select(Text)), " ").Trim();
    }

    private static string Text(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => (string?)see.Attribute("langword") ?? ((string)see.Attribute("cref")!).Split('.')[^1],
        XElement other => Text(other),
        _ => "",
    }));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
