using Microsoft.Extensions.DependencyInjection;

namespace JsRun;

/// <summary>Configures JsRun. <c>AddJsRun</c> returns it, and everything else is an extension of it.</summary>
/// <remarks>Not thread-safe: for the time in which the application is configured.</remarks>
public interface IJsRunBuilder
{
    /// <summary>The services that JsRun was added to.</summary>
    IServiceCollection Services { get; }
}
