using JsRun.Bindings;
using JsRun.Values;
using JsRun.Values.Json;
using JsRun.Workers.Brokering;

namespace JsRun.Workers.Serving;

/// <summary>In a worker: makes the host's bindings again, with functions that call the host. Thread-safe.</summary>
internal sealed class UplinkedBindings(WorkerUplink uplink)
{
    /// <summary>Returns a value as the application could have bound it.</summary>
    public object? Create(BindingDescription binding) =>
        binding.Function is { } function ? Create(function)
            : binding.Object is { } members ? new HostObject([.. members.Select(m => KeyValuePair.Create(m.Name, Create(m)))])
            : binding.Members is { } entries ? entries.ToDictionary(static m => m.Key, m => Create(m.Value), StringComparer.Ordinal)
            : binding.Value?.Read(ValueLimits.Default);

    private HostMember Create(MemberDescription member) =>
        member.Function is { } function ? new HostMember.Function(Create(function)) : new HostMember.Property(Create(member.Get!), member.Set is { } set ? Create(set) : null);

    private HostFunction Create(FunctionDescription function) => new(function.Name, function.IsAsync, call => Invoke(function, call))
    {
        // The host checks the permission, and audits.
        Mode = function.Mode,
    };

    private object? Invoke(FunctionDescription function, JsHostCall call)
    {
        var calling = CallAsync(function, call);
        if (function.IsAsync)
        {
            return ReadAsync(calling);
        }

        // JavaScript waits as it does for code of the host in its own process.
        var report = calling.GetAwaiter().GetResult();
        return report.IsPromise ? ReadAsync(calling) : Read(report);
    }

    private async Task<HostCallReport> CallAsync(FunctionDescription function, JsHostCall call)
    {
        var order = new HostCallOrder(call.Token, function.Id, PackedValue.OfArguments([.. Enumerable.Range(0, call.ArgumentCount).Select(i => call[i])], ValueLimits.Default, JsonSettings.Default));
        try
        {
            return await uplink.Broker.CallAsync(order, call.CancellationToken).WaitAsync(call.CancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is StreamJsonRpc.RemoteRpcException or ObjectDisposedException or IOException)
        {
            throw new JsHostException("The host did not answer.", e) { Code = "host-lost" };
        }
    }

    private static async Task<object?> ReadAsync(Task<HostCallReport> calling) => Read(await calling.ConfigureAwait(false));

    private static object? Read(HostCallReport report) => report.Error is { } error ? throw ToException(error) : report.Value!.Read(ValueLimits.Default);

    // The exception of which HostErrorText.Of makes the same text.
    private static Exception ToException(HostErrorText error) => error switch
    {
        { Code: "permission-denied" } => new JsPermissionException(error.Message),
        { Type: true } => new JsConversionException(error.Message),
        { Name: "AbortError" } => new OperationCanceledException(error.Message),
        { Name: "TimeoutError" } => new TimeoutException(error.Message),
        _ => new JsHostException(error.Message) { Code = error.Code },
    };
}
