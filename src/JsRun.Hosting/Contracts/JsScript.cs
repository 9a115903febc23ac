namespace JsRun;

/// <summary>A classic script.</summary>
/// <param name="Name">The name that stack traces show, such as <c>bootstrap.js</c>.</param>
/// <param name="Code">Its text.</param>
public sealed record JsScript(string Name, string Code);
