namespace JsRun.Options.Binding;

/// <summary>What code says about a group (<c>AddGroup</c>).</summary>
internal sealed record GroupConfiguration(string Name, Action<JsRunGroupOptions> Configure);
