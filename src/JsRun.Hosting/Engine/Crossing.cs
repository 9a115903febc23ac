namespace JsRun.Engine;

/// <summary>The numbers of the crossing that are no operations. Mirrors <c>JavaScript/src/kernel/ops.ts</c>.</summary>
internal static class Crossing
{
    public const int None = -1;
    public const int Pending = -1;
    public const int Failed = -2;
    public const int GoOn = 1;
    public const int Wait = 0;
    public const int Refused = -1;

    public const int Undefined = 0;
    public const int JsonResult = 6;
    public const int ErrorResult = 7;
}
