using JsRun.AspNetCore.Bridge;
using JsRun.Functions;
using JsRun.Workers;

namespace JsRun.AspNetCore.Forwarding;

/// <summary>Makes exceptions of what workers say of failures.</summary>
internal static class Failures
{
    public static JsRunException ToException(ForwardedFailure failure) => failure.Type switch
    {
        nameof(JavaScriptException) => new JavaScriptException(failure.Message) { Name = failure.Name ?? "Error", JsStack = failure.Stack ?? "" },
        nameof(JsTimeoutException) => new JsTimeoutException(failure.Message) { Limit = failure.Limit },
        nameof(JsMemoryLimitException) => new JsMemoryLimitException(failure.Message) { Limit = failure.Limit ?? nameof(JsRunLimitsOptions.MaxHeapBytes) },
        nameof(JsPoolExhaustedException) => new JsPoolExhaustedException(failure.Message) { Limit = failure.Limit, RetryAfter = failure.RetryAfter ?? TimeSpan.FromSeconds(1) },
        nameof(JsIsolateLostException) => new JsIsolateLostException(failure.Message),
        nameof(JsModuleException) => new JsModuleException(failure.Message),
        nameof(JsTerminatedException) => new JsTerminatedException(failure.Message),
        nameof(JsHostException) => new JsHostException(failure.Message),
        nameof(EdgeFunctionRequestException) => new EdgeFunctionRequestException(failure.Message),
        _ => new InvalidResponseException(failure.Message),
    };
}
