using System.CommandLine;

namespace JsRun.Cli.Commands;

/// <summary>
/// An option such as <c>--allow-net[=HOST,…]</c>. The value only ever follows '=': what stands behind a bare <c>--allow-net</c> is the next argument. The parser has no such option, so the bare form is another,
/// hidden one.
/// </summary>
internal sealed class ListOption
{
    public const string Net = "--allow-net";
    public const string Env = "--allow-env";
    private const string Bare = "-everything";

    private static readonly string[] Names = [Net, Env];

    private readonly Option<string[]?> _items;
    private readonly Option<bool> _everything;

    public ListOption(string name, string description, string helpName)
    {
        _items = new Option<string[]?>(name) { Description = description, HelpName = helpName };
        _everything = new Option<bool>(name + Bare) { Hidden = true, Arity = ArgumentArity.Zero };
    }

    public static string[] Expand(string[] args)
    {
        var end = Array.IndexOf(args, "--");
        return [.. args.Select((argument, i) => Names.Contains(argument) && (end < 0 || i < end) ? argument + Bare : argument)];
    }

    public void AddTo(Command command)
    {
        command.Add(_items);
        command.Add(_everything);
    }

    /// <summary>Gets whether the option was given without a list.</summary>
    public bool IsBare(ParseResult parsed) => parsed.GetValue(_everything);

    public IEnumerable<string> Items(ParseResult parsed) =>
        parsed.GetValue(_items)?.SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) ?? [];
}
