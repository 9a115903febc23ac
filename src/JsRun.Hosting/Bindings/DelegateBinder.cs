using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace JsRun.Bindings;

/// <summary>
/// Makes host functions of delegates. A delegate that takes nothing but a <see cref="JsHostCall"/> is called as it is; for others an invoker is compiled, once for each method.
/// </summary>
internal static class DelegateBinder
{
    private static readonly ConditionalWeakTable<MethodInfo, Invoker> Compiled = [];

    /// <exception cref="ArgumentException">The delegate has parameters, or a result, that cannot cross.</exception>
    public static HostFunction Bind(string name, Delegate handler) =>
        new(name, HostAnswer.IsAsync(handler.Method.ReturnType), ToInvoke(name, handler)) { Returns = HostAnswer.ValueOf(handler.GetType().GetMethod(nameof(Action.Invoke))!.ReturnType) };

    private static Func<JsHostCall, object?> ToInvoke(string name, Delegate handler)
    {
        if (handler.Method.ReturnType == typeof(void) && handler.Method.IsDefined(typeof(AsyncStateMachineAttribute)))
        {
            throw new ArgumentException($"The handler of '{name}' is 'async void': nobody could wait for it, and an exception would end the process. Let it return a Task.", nameof(handler));
        }

        // A delegate that takes any object passes for one that takes a call.
        var takesCall = handler.GetType() is { IsGenericType: true } type && type.GetGenericArguments()[0] == typeof(JsHostCall);
        if (takesCall && handler is Func<JsHostCall, object?> direct)
        {
            return direct;
        }

        if (takesCall && handler is Action<JsHostCall> action)
        {
            return call =>
            {
                action(call);
                return JsUndefined.Value;
            };
        }

        var invoker = Compiled.GetValue(handler.Method, _ => Compile(name, handler));
        if (invoker.DelegateType != handler.GetType())
        {
            invoker = Compile(name, handler);
        }

        return call => invoker.Invoke(handler, call);
    }

    private static Invoker Compile(string name, Delegate handler)
    {
        var type = handler.GetType();
        var signature = type.GetMethod(nameof(Action.Invoke))!;
        var handlerParameter = Expression.Parameter(typeof(Delegate), "handler");
        var call = Expression.Parameter(typeof(JsHostCall), "call");
        var parameters = HostParameter.Of(handler.Method, signature);
        Expression result = Expression.Invoke(Expression.Convert(handlerParameter, type), parameters.Select(p => p.Read(name, call)));
        if (signature.ReturnType.IsByRef || signature.ReturnType.IsByRefLike || signature.ReturnType.IsPointer)
        {
            throw new ArgumentException($"'{name}' returns {signature.ReturnType.Name}, which cannot be sent to JavaScript: return a value.", nameof(handler));
        }

        result = signature.ReturnType == typeof(void)
            ? Expression.Block(typeof(object), result, Expression.Constant(JsUndefined.Value, typeof(object)))
            : Expression.Convert(result, typeof(object));
        return new Invoker(type, Expression.Lambda<Func<Delegate, JsHostCall, object?>>(result, handlerParameter, call).Compile());
    }

    private sealed record Invoker(Type DelegateType, Func<Delegate, JsHostCall, object?> Invoke);
}
