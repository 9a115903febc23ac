using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native.Binding;

/// <summary>What <c>Context::New</c> is given beside the isolate.</summary>
internal readonly record struct V8ContextArguments(OpaquePtr Extensions, OpaquePtr Template, ValueHandle Global, V8Callback Fields, QueuePtr Queue, V8Callback Data, V8Callback Wrappers);
