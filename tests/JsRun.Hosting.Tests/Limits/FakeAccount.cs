using JsRun.Limits;

namespace JsRun.Tests.Limits;

/// <summary>Somebody who uses CPU time.</summary>
internal sealed class FakeAccount : CpuAccount;
