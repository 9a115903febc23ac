namespace JsRun.Engine;

/// <summary>What JavaScript asks of the host. Mirrors <c>JavaScript/src/kernel/ops.ts</c>, which documents the arguments.</summary>
internal enum HostOp
{
    Log = 0,
    TimerStart = 1,
    TimerStop = 2,
    Now = 3,
    TimeOrigin = 4,
    RandomFill = 5,
    RandomUuid = 6,
    Respond = 7,
    HandlerFailed = 8,
    SourcePull = 9,
    Transfer = 10,
    SourceCancel = 11,
    SinkWrite = 12,
    SinkEnd = 13,
    LeaseSettled = 14,
    Fetch = 15,
    FetchAbort = 16,
    ModuleLoad = 17,
    Report = 18,
    Result = 19,
    DecodeUtf8 = 20,
    WaitUntil = 21,
    ModuleDone = 22,
    Stage = 23,
    ValueBytes = 30,
    Value = 31,
    RunScript = 32,
    Crypto = 60,
    CryptoRead = 61,
    CryptoDrop = 62,
    CryptoRelease = 63,

    // 40 to 49: HostCalls.
    HostCall = 40,
    HostCallPacked = 41,
    HostFunction = 42,
    HostObject = 43,
    HostEnvironment = 44,

    // 70 to 79: WebOperations.
    Codec = 70,
    Digest = 71,
    Socket = 72,
    Cache = 73,
    Broadcast = 74,
    AttachNative = 90,
}
