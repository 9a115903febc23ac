namespace JsRun.Engine.Native.Binding;

/// <summary>What <c>Context::New</c> is given beside the isolate.</summary>
internal readonly record struct V8ContextArguments(nint Extensions, nint Template, nint Global, V8Callback Fields, nint Queue, V8Callback Data, V8Callback Wrappers);
