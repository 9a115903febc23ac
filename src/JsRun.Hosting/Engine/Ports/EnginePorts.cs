using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.HostFunctions;

namespace JsRun.Engine.Ports;

/// <summary>The ports that every context needs, whatever its scripts may reach.</summary>
internal static class EnginePorts
{
    public static IReadOnlyList<HostPortRow> Rows { get; } =
    [
        HostPortRow.For<KernelPort>(),
        HostPortRow.For<TransferPort>(),
        HostPortRow.For<ConsolePort>(),
        HostPortRow.For<TimePort>(),
        HostPortRow.For<RandomPort>(),
        HostPortRow.For<RequestPort>(),
        HostPortRow.For<BodyPort>(),
        HostPortRow.For<ModulePort>(),
        HostPortRow.For<ScriptPort>(),
        HostPortRow.For<ValuePort>(),
        HostPortRow.For<HostCallPort>(),
        HostPortRow.For<HostStreamPort>(),
    ];
}
