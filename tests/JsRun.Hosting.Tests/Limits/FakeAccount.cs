using JsRun.Limits;

namespace JsRun.Hosting.Tests.Limits;

/// <summary>Somebody who uses CPU time.</summary>
internal sealed class FakeAccount : CpuAccount;
