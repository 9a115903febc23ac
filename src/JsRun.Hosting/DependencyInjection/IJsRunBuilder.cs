using Microsoft.Extensions.DependencyInjection;

namespace JsRun;

/// <summary>Configures JsRun. <c>AddJsRun</c> returns it, and everything else is an extension of it.</summary>
public interface IJsRunBuilder
{
    /// <summary>The services that JsRun was added to.</summary>
    IServiceCollection Services { get; }
}
