using JsRun.Engine.Crossing;

namespace JsRun.Functions;

/// <summary>Recognizes the errors that V8 throws for a change of a frozen object. A function's own frozen objects throw the same ones.</summary>
internal static class FrozenObject
{
    private static readonly (string Start, string End)[] Messages =
    [
        ("Cannot assign to read only property '", ""),
        ("Cannot add property ", ", object is not extensible"),
        ("Cannot define property ", ", object is not extensible"),
        ("Cannot redefine property: ", ""),
        ("Cannot delete property '", ""),
        ("", " is not extensible"),
    ];

    /// <summary>Determines whether the error, or what caused it, is one of these.</summary>
    public static bool IsCauseOf(ScriptError error)
    {
        for (var cause = error; cause is not null; cause = cause.Cause)
        {
            if (cause.Name == "TypeError" && Messages.Any(m => cause.Message.StartsWith(m.Start, StringComparison.Ordinal) && cause.Message.EndsWith(m.End, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }
}
