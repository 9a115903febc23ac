using System.Diagnostics.CodeAnalysis;
using JsRun;
using JsRun.Functions.Filters;
using JsRun.Functions.Pipelines;
using Polly;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds filters and strategies of resilience around invocations of functions.</summary>
/// <remarks>Not thread-safe: for the time in which the application is configured.</remarks>
public static class JsRunFunctionExtensions
{
    /// <summary>Adds a filter around functions. The filter that was added first is the outermost.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="filter">The filter, which many requests call at the same time.</param>
    /// <param name="group">The name of the pool group whose functions it is for; <see cref="JsRunOptions.DefaultGroupName"/> for the default group only; by default, <see langword="null"/>, all groups.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is <see langword="null"/>.</exception>
    public static IJsRunBuilder AddFunctionFilter(this IJsRunBuilder builder, IEdgeFunctionFilter filter, string? group = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return builder.Add(new FilterRegistration(group, _ => filter));
    }

    /// <summary>Adds a filter around the functions of all groups that is created once, with the application's services. The filter that was added first is the outermost.</summary>
    /// <typeparam name="TFilter">The filter's type. Its constructor may ask for singletons; for scoped services ask for an <see cref="IServiceScopeFactory"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static IJsRunBuilder AddFunctionFilter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>(this IJsRunBuilder builder)
        where TFilter : class, IEdgeFunctionFilter =>
        builder.AddFunctionFilter<TFilter>(group: null);

    /// <summary>Adds a filter around the functions of a group that is created once, with the application's services. The filter that was added first is the outermost.</summary>
    /// <typeparam name="TFilter">The filter's type. Its constructor may ask for singletons; for scoped services ask for an <see cref="IServiceScopeFactory"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="group">The name of the pool group whose functions it is for; <see cref="JsRunOptions.DefaultGroupName"/> for the default group only; <see langword="null"/> for all groups.</param>
    /// <returns>The builder.</returns>
    public static IJsRunBuilder AddFunctionFilter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>(this IJsRunBuilder builder, string? group)
        where TFilter : class, IEdgeFunctionFilter =>
        builder.Add(new FilterRegistration(group, static services => ActivatorUtilities.CreateInstance<TFilter>(services)));

    /// <summary>Adds a filter around the functions of all groups. The filter that was added first is the outermost.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="filter">What the filter does: see <see cref="IEdgeFunctionFilter.InvokeAsync"/>. Many requests call it at the same time.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is <see langword="null"/>.</exception>
    public static IJsRunBuilder AddFunctionFilter(this IJsRunBuilder builder, Func<EdgeFunctionFilterContext, EdgeFunctionFilterDelegate, ValueTask<EdgeFunctionResult>> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return builder.AddFunctionFilter(new DelegateFilter(filter));
    }

    /// <summary>
    /// Adds strategies of Polly to the pipelines of functions, beside the concurrency limit and the time limit that JsRun adds. Strategies that were added first are the outermost of their position. A pipeline that
    /// the application registers as <c>JsRun:&lt;function&gt;</c> replaces all of that instead.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Adds strategies to the pipeline of one function. Called once for each function when it is deployed; what it throws fails the deployment with an <see cref="InvalidOperationException"/>.</param>
    /// <param name="position">Where the strategies stand. The default is <see cref="EdgeFunctionPipelinePosition.Inner"/>: within the limits.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The position is not defined.</exception>
    public static IJsRunBuilder ConfigureFunctionPipeline(
        this IJsRunBuilder builder, Action<ResiliencePipelineBuilder, EdgeFunctionPipelineContext> configure, EdgeFunctionPipelinePosition position = EdgeFunctionPipelinePosition.Inner)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        if (!Enum.IsDefined(position))
        {
            throw new ArgumentOutOfRangeException(nameof(position), position, "The position is Inner or Outer.");
        }

        builder.Services.AddSingleton(new PipelineConfiguration(position, configure));
        return builder;
    }

    private static IJsRunBuilder Add(this IJsRunBuilder builder, FilterRegistration registration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(registration);
        return builder;
    }
}
