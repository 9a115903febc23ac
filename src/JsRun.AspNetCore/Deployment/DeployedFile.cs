using JsRun.AspNetCore.Routing;
using JsRun.Functions;

namespace JsRun.AspNetCore.Deployment;

/// <summary>A file of a source and its function.</summary>
/// <param name="Route">What the file's name says; its key is the file itself where the route was given in code.</param>
/// <param name="Function">The function.</param>
internal sealed record DeployedFile(EdgeRoute Route, EdgeFunction Function);
