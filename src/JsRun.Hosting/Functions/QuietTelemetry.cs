using Polly.Telemetry;

namespace JsRun.Functions;

/// <summary>Passes on what went wrong in a pipeline, and not that it ran: JsRun measures invocations itself, and a log line for every request would drown the rest.</summary>
internal sealed class QuietTelemetry(TelemetryListener inner) : TelemetryListener
{
    public override void Write<TResult, TArgs>(in TelemetryEventArguments<TResult, TArgs> args)
    {
        if (args.Event.Severity >= ResilienceEventSeverity.Warning)
        {
            inner.Write(in args);
        }
    }
}
