using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace JsRun.AspNetCore.Problems;

/// <summary>Writes RFC 9457 problem details, through the application's own <see cref="IProblemDetailsService"/> where it has one.</summary>
internal sealed class FunctionProblemWriter(IHostEnvironment environment)
{
    public async Task WriteAsync(HttpContext context, FunctionProblem problem, JsRunException exception)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } after)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        var details = Details(context, problem, exception);
        var service = context.RequestServices.GetService<IProblemDetailsService>();
        if (service is not null && await service.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = details, Exception = exception }))
        {
            return;
        }

        await response.WriteAsJsonAsync(details, ProblemJsonContext.Default.ProblemDetails, "application/problem+json", CancellationToken.None);
    }

    private ProblemDetails Details(HttpContext context, FunctionProblem problem, JsRunException exception)
    {
        var details = new ProblemDetails { Type = problem.Type, Title = problem.Title, Status = problem.Status, Detail = problem.Detail };
        details.Extensions["requestId"] = context.TraceIdentifier;
        if (environment.IsDevelopment())
        {
            details.Detail = exception.Message;
            if (exception is JavaScriptException { JsStack.Length: > 0 } script)
            {
                details.Extensions["error"] = script.Name;
                details.Extensions["stack"] = script.JsStack;
            }
        }

        return details;
    }
}
