using JsRun.AspNetCore.Problems;

namespace JsRun.AspNetCore.Bridge;

/// <summary>The request is one that no function can be given: the client's mistake, and not the function's.</summary>
internal sealed class RefusedRequestException(FunctionProblem problem, string message) : JsRunException(message)
{
    public FunctionProblem Problem { get; } = problem;
}
