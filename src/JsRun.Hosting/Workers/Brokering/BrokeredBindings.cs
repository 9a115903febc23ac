using System.Collections.Immutable;
using JsRun.Bindings;
using JsRun.Engine.Contexts;
using JsRun.Engine.Isolates;
using Microsoft.Extensions.Logging;

namespace JsRun.Workers.Brokering;

/// <summary>The bindings and ops of a group whose isolates live in workers: describes them, and calls their functions here. Thread-safe.</summary>
internal sealed class BrokeredBindings
{
    private readonly ContextOptions _options;
    private readonly ILogger _logger;
    private readonly ImmutableArray<HostFunction> _functions;

    /// <exception cref="JsConversionException">A binding holds what cannot be sent to another process.</exception>
    public BrokeredBindings(ContextOptions options, ILogger logger)
    {
        _options = options;
        _logger = logger;
        var functions = ImmutableArray.CreateBuilder<HostFunction>();
        Description = (options.Bindings ?? new Dictionary<string, object?>()).ToDictionary(static b => b.Key, b => Describe(b.Key, b.Value, functions), StringComparer.Ordinal);
        _functions = functions.ToImmutable();
    }

    /// <summary>What workers make the bindings of.</summary>
    public IReadOnlyDictionary<string, BindingDescription> Description { get; }

    /// <summary>Calls a function on behalf of a request.</summary>
    /// <param name="order">The call.</param>
    /// <param name="request">The request.</param>
    /// <param name="denied">Called with each exception, so that a permission that is denied is audited.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the call any more.</param>
    public async Task<HostCallReport> CallAsync(HostCallOrder order, BrokerRequest request, Action<BrokerRequest, Exception> denied, CancellationToken cancellationToken)
    {
        if ((uint)order.Function >= (uint)_functions.Length)
        {
            return new HostCallReport(null, false, new HostErrorText(false, "HostError", "revoked", "There is no such host function.", 0));
        }

        var function = _functions[order.Function];
        try
        {
            function.Check(_options.Permissions);
            var arguments = order.Arguments.Read(_options.ValueLimits) is List<object?> list ? list.ToArray() : [];
            var answer = function.Invoke(new JsHostCall(function.Name, arguments, new BrokeredCallScope(request, _options.Json, cancellationToken)));
            var task = function.FindTask(answer);
            return new HostCallReport(PackedValue.Of(task is null ? answer : await task.ConfigureAwait(false), _options.ValueLimits, _options.Json, function.Returns), task is not null, null);
        }
        catch (Exception e)
        {
            // Whatever it is, the script that called gets it.
            denied(request, e);
            if (HostErrorText.IsFailure(e) && request.TryLog())
            {
                _logger.HostFunctionFailed(function.Name, request.Function, request.RequestId, e);
            }

            return new HostCallReport(null, false, HostErrorText.Of(e, function.Name, _options.ExposeHostErrors, 0));
        }
    }

    private BindingDescription Describe(string name, object? value, ImmutableArray<HostFunction>.Builder functions)
    {
        switch (value)
        {
            case HostFunction function:
                return new BindingDescription { Function = Add(function, functions) };
            case HostObject found:
                return new BindingDescription
                {
                    Object = [.. found.Members.Select(member => member.Value switch
                    {
                        HostMember.Property p => new MemberDescription(member.Key, null, Add(p.Get, functions), p.Set is null ? null : Add(p.Set, functions)),
                        _ => new MemberDescription(member.Key, Add(((HostMember.Function)member.Value).Body, functions), null, null),
                    })],
                };
            case IReadOnlyDictionary<string, object?> members:
                return new BindingDescription { Members = members.ToDictionary(static m => m.Key, m => Describe($"{name}.{m.Key}", m.Value, functions), StringComparer.Ordinal) };
            default:
                try
                {
                    return new BindingDescription { Value = PackedValue.Of(value, _options.ValueLimits, _options.Json) };
                }
                catch (JsConversionException e)
                {
                    throw new JsConversionException($"'{name}': {e.Message}", e);
                }
        }
    }

    private static FunctionDescription Add(HostFunction function, ImmutableArray<HostFunction>.Builder functions)
    {
        functions.Add(function);
        return new FunctionDescription(functions.Count - 1, function.Name, function.IsAsync, function.Mode);
    }
}
