using Microsoft.Extensions.DependencyInjection;

namespace JsRun;

/// <summary>What <c>AddJsRun</c> returns: everything else is an extension of it.</summary>
public interface IJsRunBuilder
{
    /// <summary>The services that JsRun was added to.</summary>
    IServiceCollection Services { get; }
}
