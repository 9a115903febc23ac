using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;

namespace JsRun.Engine.Ports;

/// <summary>The clock and the timers.</summary>
internal sealed class TimePort(V8Context context) : IHostPort<TimePort>
{
    public static IReadOnlyList<HostOp> Ops { get; } = [HostOp.Now, HostOp.TimeOrigin, HostOp.TimerStart, HostOp.TimerStop];

    public static TimePort Of(V8Context context) => new(context);

    public void Answer(in HostRequest request, in HostReply reply)
    {
        switch (request.Op)
        {
            case HostOp.Now:
                // Coarse on purpose: a fine clock is what timing attacks need.
                reply.Set(Math.Round(context.Age.TotalMilliseconds, 1));
                break;
            case HostOp.TimeOrigin:
                reply.Set(context.TimeOrigin);
                break;
            case HostOp.TimerStart:
                var started = context.Timers.Start(request.GetInt32(1), Delay(request.GetDouble(2)), request.IsTruthy(3), request.IsTruthy(4));
                reply.Set(started ? CrossingCode.GoOn : CrossingCode.Refused);
                break;
            case HostOp.TimerStop:
                context.Timers.Stop(request.GetInt32(1));
                break;
            default:
                throw request.NotAnswered();
        }
    }

    private static TimeSpan Delay(double milliseconds) => TimeSpan.FromMilliseconds(Math.Clamp(double.IsNaN(milliseconds) ? 0 : milliseconds, 0, int.MaxValue));
}
