using Microsoft.ClearScript.V8.FastProxy;

namespace JsRun.Engine.Crossing;

/// <summary>What the host answers, at once and at most once: plain data. If nothing is set it is <c>undefined</c>.</summary>
internal readonly ref struct HostReply
{
    private readonly V8FastResult _result;

    public HostReply(in V8FastResult result) => _result = result;

    public void Set(int number) => _result.Set(number);

    public void Set(double number) => _result.Set(number);

    public void Set(bool truth) => _result.Set(truth);

    public void Set(string text) => _result.Set(text);

    public void Set(ReadOnlySpan<char> text) => _result.Set(text);

    /// <summary>Answers with the text, or with <c>undefined</c> if there is none.</summary>
    public void SetIfAny(string? text)
    {
        if (text is not null)
        {
            _result.Set(text);
        }
    }

    public void SetNull() => _result.SetNull();

    public void SetUndefined() => _result.SetUndefined();
}
