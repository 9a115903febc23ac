namespace JsRun.Engine;

/// <summary>What the host asks of JavaScript. Mirrors <c>JavaScript/src/kernel/ops.ts</c>, which documents the arguments.</summary>
internal enum EntryOp
{
    Configure = 0,
    AddModules = 1,
    EvaluateModule = 2,
    HandleRequest = 3,
    Timer = 4,
    SourceReady = 5,
    SinkReady = 6,
    Abort = 7,
    FetchDone = 8,
    ModuleLoaded = 9,
    Evaluate = 10,
    Release = 11,
    TimerStopped = 12,
    EvaluateValue = 20,
    CallFunction = 21,
    ReleaseFunction = 22,
    Bind = 30,
    RegisterOp = 31,
    HostCallDone = 32,
    ImportModule = 40,
    CryptoDone = 50,
    Socket = 60,
    Broadcast = 61,
    PromisesRejected = 80,
    Cut = 81,
    StreamRead = 90,
    StreamCancel = 91,
    HostStreamItem = 92,
}
