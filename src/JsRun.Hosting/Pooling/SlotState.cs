namespace JsRun.Pooling;

/// <summary>
/// The states of a <see cref="PoolSlot{TIsolate}"/>. Its methods are the only transitions:
/// <list type="table">
/// <listheader><term>Method</term><description>Transition</description></listheader>
/// <item><term><c>BeginReplacement</c></term><description><see cref="Serving"/> → <see cref="Replacing"/></description></item>
/// <item><term><c>KeepServing</c></term><description><see cref="Replacing"/> → <see cref="Serving"/>: the replacement could not be made</description></item>
/// <item><term><c>Drain</c></term><description><see cref="Serving"/> or <see cref="Replacing"/> → <see cref="Draining"/></description></item>
/// <item><term><c>TryEnd</c></term><description><see cref="Draining"/> → <see cref="Gone"/>, once no lease is out</description></item>
/// <item><term><c>Lose</c></term><description>any → <see cref="Gone"/></description></item>
/// </list>
/// </summary>
internal enum SlotState
{
    /// <summary>It takes leases.</summary>
    Serving,

    /// <summary>It takes leases, and its replacement is being made.</summary>
    Replacing,

    /// <summary>It takes no more leases, and ends with its last.</summary>
    Draining,

    /// <summary>Its isolate is gone, or is being stopped. Leases on it only count down.</summary>
    Gone,
}
