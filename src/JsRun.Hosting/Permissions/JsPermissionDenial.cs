namespace JsRun;

/// <summary>A call that was refused because its permission was not granted.</summary>
/// <param name="Permission">What was missing, such as <c>op:notify</c> or <c>net:api.example.com</c>.</param>
/// <param name="Group">The pool group; empty for the default one and for runtimes of an embedder's.</param>
/// <param name="Function">What was running: the function, or the script's file name.</param>
/// <param name="RequestId">The request's id; empty where there is none.</param>
public sealed record JsPermissionDenial(string Permission, string Group, string Function, string RequestId);
