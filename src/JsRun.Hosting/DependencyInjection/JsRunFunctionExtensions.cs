using System.Diagnostics.CodeAnalysis;
using JsRun;
using JsRun.Functions.Filters;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What the application adds around functions: filters.</summary>
public static class JsRunFunctionExtensions
{
    /// <summary>Adds a filter around functions. The filter that was added first is the outermost.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="filter">The filter, which many requests call at the same time.</param>
    /// <param name="group">The name of the pool group whose functions it is for; <see cref="JsRunOptions.DefaultGroupName"/> for the default group only; by default, <see langword="null"/>, all groups.</param>
    /// <returns>The builder.</returns>
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
    public static IJsRunBuilder AddFunctionFilter(this IJsRunBuilder builder, Func<EdgeFunctionFilterContext, EdgeFunctionFilterDelegate, ValueTask<EdgeFunctionResult>> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return builder.AddFunctionFilter(new DelegateFilter(filter));
    }

    private static IJsRunBuilder Add(this IJsRunBuilder builder, FilterRegistration registration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(registration);
        return builder;
    }
}
