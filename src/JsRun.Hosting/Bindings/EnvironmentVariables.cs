using System.Collections;

namespace JsRun.Bindings;

/// <summary>The variables of the process's environment.</summary>
internal delegate IDictionary EnvironmentVariables();
