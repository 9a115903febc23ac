using System.Collections;
using System.CommandLine;
using JsRun.Permissions;

namespace JsRun.Cli.Commands;

/// <summary><c>--env NAME=VALUE</c> and <c>--allow-env[=NAME,…]</c>: the strings that functions receive as <c>env</c>, and scripts find in the global <c>env</c>.</summary>
internal sealed class EnvOption
{
    private readonly ListOption _granted = new(ListOption.Env, "Adds these variables of the process to env, such as HOME or PUBLIC_*; without a value all of them.", "NAME,...");

    private readonly Option<string[]?> _values = new("--env")
    {
        Description = "Adds a value to env, which functions receive and scripts have as a global. Can be given several times.",
        HelpName = "NAME=VALUE",
    };

    public EnvOption() => _values.Validators.Add(static result =>
    {
        foreach (var token in result.Tokens.Where(static token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
        {
            result.AddError($"--env is '{token.Value}': write NAME=VALUE.");
        }
    });

    public void AddTo(Command command)
    {
        command.Add(_values);
        _granted.AddTo(command);
    }

    /// <summary>Gets what was given by value.</summary>
    public IReadOnlyDictionary<string, string> Values(ParseResult parsed)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in parsed.GetValue(_values) ?? [])
        {
            var end = pair.IndexOf('=', StringComparison.Ordinal);
            values[pair[..end]] = pair[(end + 1)..];
        }

        return values;
    }

    /// <summary>Gets the permissions for functions.</summary>
    public IEnumerable<string> Permissions(ParseResult parsed) => Patterns(parsed).Select(static pattern => $"env:{pattern}");

    /// <summary>Gets all that a script finds in <c>env</c>, or <see langword="null"/> if none of the options was given.</summary>
    /// <exception cref="FormatException">A name is none.</exception>
    public IReadOnlyDictionary<string, object?>? ForScript(ParseResult parsed)
    {
        var granted = Patterns(parsed).Select(static pattern => Permission.IsEnvName(pattern.EndsWith('*') ? pattern[..^1] + "_" : pattern)
            ? new EnvPermission(pattern)
            : throw new FormatException($"--allow-env is '{pattern}': write a name of letters, digits and '_', or the beginning of one and '*'.")).ToArray();
        var values = Values(parsed);
        if (granted.Length == 0 && values.Count == 0)
        {
            return null;
        }

        var env = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (Array.Exists(granted, permission => permission.Allows(name)))
            {
                env[name] = (string?)variable.Value;
            }
        }

        foreach (var (name, value) in values)
        {
            env[name] = value;
        }

        return env;
    }

    private IEnumerable<string> Patterns(ParseResult parsed) => _granted.IsBare(parsed) ? ["*"] : _granted.Items(parsed);
}
