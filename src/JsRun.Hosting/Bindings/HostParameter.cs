using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using JsRun.Streams;

namespace JsRun.Bindings;

/// <summary>One parameter of a bound method, and how it gets its value out of a call.</summary>
internal sealed class HostParameter
{
    private static readonly PropertyInfo Cancellation = typeof(JsHostCall).GetProperty(nameof(JsHostCall.CancellationToken))!;
    private static readonly PropertyInfo Runtime = typeof(JsHostCall).GetProperty(nameof(JsHostCall.Runtime))!;
    private static readonly MethodInfo Get = typeof(JsHostCall).GetMethod(nameof(JsHostCall.GetArgument))!;
    private static readonly MethodInfo GetOrDefault = typeof(JsHostCall).GetMethod(nameof(JsHostCall.GetArgumentOrDefault))!;
    private static readonly MethodInfo GetRest = typeof(JsHostCall).GetMethod(nameof(JsHostCall.GetRemainingArguments))!;

    private readonly Type _type;
    private readonly ParameterInfo _parameter;
    private readonly ParameterInfo _signature;
    private readonly int _index;

    /// <param name="signature">The parameter of the delegate's type, which may have a default, be <see langword="params"/>, or allow <see langword="null"/>, if the method's own says nothing of it.</param>
    /// <param name="parameter">The parameter of the method.</param>
    /// <param name="index">The index of its argument.</param>
    private HostParameter(ParameterInfo signature, ParameterInfo parameter, int index)
    {
        _type = signature.ParameterType;
        _signature = signature;
        _parameter = parameter.HasDefaultValue || !signature.HasDefaultValue ? parameter : signature;
        _index = index;
    }

    /// <summary>Lists the parameters. What is injected takes no argument of JavaScript's.</summary>
    public static IReadOnlyList<HostParameter> Of(MethodInfo method, MethodInfo signature)
    {
        var types = signature.GetParameters();
        var declared = method.GetParameters();
        // A delegate that is closed over its first argument has one parameter less than its method.
        var offset = declared.Length - types.Length;
        var index = 0;
        return [.. types.Select((p, i) => new HostParameter(p, declared[i + offset], IsInjected(p.ParameterType) ? -1 : index++))];
    }

    /// <summary>The expression that reads it.</summary>
    /// <exception cref="ArgumentException">No value of JavaScript's can be given to it.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The method has no requirements of its type arguments.")]
    public Expression Read(string function, Expression call)
    {
        if (_type == typeof(JsHostCall))
        {
            return call;
        }

        if (_type == typeof(CancellationToken))
        {
            return Expression.Property(call, Cancellation);
        }

        if (_type == typeof(IJsRuntime))
        {
            return Expression.Property(call, Runtime);
        }

        if (_type.IsByRef || _type.IsByRefLike || _type.IsPointer)
        {
            throw new ArgumentException($"The parameter '{_parameter.Name}' of '{function}' is of the type {_type.Name}, which cannot be read from JavaScript: use a value, an array or a Memory<T>.", nameof(function));
        }

        if (Substitute() is { } substitute)
        {
            throw new ArgumentException($"The parameter '{_parameter.Name}' of '{function}' is of the type {_type.Name}, which no JavaScript value can be converted to: use a {substitute}.", nameof(function));
        }

        var index = Expression.Constant(_index);
        var name = Expression.Constant(_parameter.Name, typeof(string));
        if (_type.IsSZArray && (_parameter.IsDefined(typeof(ParamArrayAttribute)) || _signature.IsDefined(typeof(ParamArrayAttribute))))
        {
            return Expression.Call(call, GetRest.MakeGenericMethod(_type.GetElementType()!), index, name);
        }

        return IsRequired()
            ? Expression.Call(call, Get.MakeGenericMethod(_type), index, name)
            : Expression.Call(call, GetOrDefault.MakeGenericMethod(_type), index, name, Fallback());
    }

    private static bool IsInjected(Type type) => type == typeof(JsHostCall) || type == typeof(CancellationToken) || type == typeof(IJsRuntime);

    /// <summary>What to take instead of a type that no value of JavaScript's is ever read as.</summary>
    private string? Substitute() => _type.IsAssignableTo(typeof(Delegate)) ? nameof(JsFunction) : StreamTypes.Includes(_type) && !_type.IsAssignableFrom(typeof(JsStream)) ? nameof(JsStream) : null;

    private bool IsRequired()
    {
        if (_parameter.HasDefaultValue || Nullable.GetUnderlyingType(_type) is not null)
        {
            return false;
        }

        if (_type.IsValueType)
        {
            return true;
        }

        try
        {
            var context = new NullabilityInfoContext();
            var state = context.Create(_parameter).WriteState;
            return (state == NullabilityState.Unknown ? context.Create(_signature).WriteState : state) == NullabilityState.NotNull;
        }
        catch (InvalidOperationException)
        {
            // The application was trimmed of such information: what may be null is not known.
            return false;
        }
    }

    private Expression Fallback()
    {
        if (!_parameter.HasDefaultValue || _parameter.DefaultValue is not { } value)
        {
            return Expression.Default(_type);
        }

        var plain = Nullable.GetUnderlyingType(_type) ?? _type;
        return Expression.Convert(Expression.Constant(plain.IsEnum ? Enum.ToObject(plain, value) : value), _type);
    }
}
