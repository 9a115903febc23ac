namespace JsRun.Functions;

/// <summary>What a deployment came to: the definition that is to serve (the old one, where the new version is broken or the same), and how things stand.</summary>
internal sealed record DeploymentOutcome(EdgeFunctionDefinition? Definition, FunctionStatus Status);
