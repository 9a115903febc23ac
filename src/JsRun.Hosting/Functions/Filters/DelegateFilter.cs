namespace JsRun.Functions.Filters;

/// <summary>A filter that is a delegate.</summary>
internal sealed class DelegateFilter(Func<EdgeFunctionFilterContext, EdgeFunctionFilterDelegate, ValueTask<EdgeFunctionResult>> filter) : IEdgeFunctionFilter
{
    public ValueTask<EdgeFunctionResult> InvokeAsync(EdgeFunctionFilterContext context, EdgeFunctionFilterDelegate next) => filter(context, next);
}
