using JsRun.Engine.Contexts;
using JsRun.Engine.Operations;

namespace JsRun.Engine.HostFunctions;

/// <summary>Tells the audit of what a context was refused.</summary>
internal static class Denials
{
    // Roughly its log line.
    private const int LengthOfDenial = 128;

    /// <param name="context">Where it was asked for.</param>
    /// <param name="operation">For whom.</param>
    /// <param name="error">What came of it; told where it is a permission that was missing. From any thread.</param>
    public static void Tell(V8Context context, Operation? operation, Exception error)
    {
        if (error is JsPermissionException { Permission: { } permission })
        {
            var options = context.Options;
            var isLogged = context.MayLog(operation, LengthOfDenial);
            void Denied() => context.Isolate.Services.Audit.Denied(new JsPermissionDenial { Permission = permission, Group = options.Group, Function = operation?.Name ?? "", RequestId = operation?.RequestId is { Length: > 0 } id ? id : null }, options.PermissionDenied, isLogged);
            if (context.Isolate.IsOwnThread)
            {
                context.Tell("JsRuntimeOptions.OnPermissionDenied", operation, Denied);
            }
            else
            {
                // It follows the caller's execution context.
                Denied();
            }
        }
    }
}
