namespace JsRun.Options.Validation;

/// <summary>What a pool group may be called: the name is part of configuration keys, metrics and paths.</summary>
internal static class GroupName
{
    public const string Allowed = "1 to 64 letters, digits, '.', '_' or '-', a letter or digit first";

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
