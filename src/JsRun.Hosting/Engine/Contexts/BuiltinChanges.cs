using JsRun.Modules.Compilation;

namespace JsRun.Engine.Contexts;

/// <summary>What scripts have changed of the built-ins of a context.</summary>
/// <param name="Property">The first built-in, or property of one, that is not as it was; empty if there is none.</param>
/// <param name="Scope">How the names of globals have to be compiled for what scripts did to the global object.</param>
internal sealed record BuiltinChanges(string Property, GlobalScope Scope);
