using System.Security.Claims;

namespace JsRun.Functions;

/// <summary>The sender of a request, as a function sees it. Immutable.</summary>
internal sealed class EdgeFunctionCaller
{
    /// <summary>The user: <c>ctx.user</c> has the claims of the identities that are authenticated, as plain data, and is <c>null</c> if there is none.</summary>
    /// <value>The default is <see langword="null"/>: nobody is known.</value>
    public ClaimsPrincipal? User { get; init; }

    /// <summary>The address of the client: <c>ctx.clientAddress</c>.</summary>
    /// <value>The default is <see langword="null"/>: it is not known.</value>
    public string? ClientAddress { get; init; }
}
