namespace JsRun.Hosting.Tests.Bindings;

public sealed class JsOpTests
{
    [Fact]
    public void Create_Defaults_AreSyncAndItsOwnPermission()
    {
        var op = new JsOp("files.read", (string path) => path);

        (op.Name, op.Mode, op.Permission).ShouldBe(("files.read", JsOpMode.Sync, "op:files.read"));
    }

    [Fact]
    public void Create_Permission_IsKept() => new JsOp("read", () => 1, permission: "op:files").Permission.ShouldBe("op:files");

    [Fact]
    [Trait("Upstream", "OPS::test_register_mode_mismatch_sync")]
    public void Create_AsyncHandlerInSyncMode_IsRefused() =>
        Should.Throw<ArgumentException>(() => new JsOp("op", () => Task.FromResult(1), JsOpMode.Sync)).Message.ShouldContain("asynchronous but its mode is Sync: use JsOpMode.Async");

    [Fact]
    [Trait("Upstream", "OPS::test_register_mode_mismatch_async")]
    public void Create_SyncHandlerInAsyncMode_IsRefused() =>
        Should.Throw<ArgumentException>(() => new JsOp("op", () => 1, JsOpMode.Async)).Message.ShouldContain("synchronous but its mode is Async: use JsOpMode.Sync");

    [Fact]
    public void Create_WithoutAMode_HasTheHandlers()
    {
        new JsOp("a", async (int a) => await Task.FromResult(a)).Mode.ShouldBe(JsOpMode.Async);
        new JsOp("b", () => ValueTask.CompletedTask).Function.IsAsync.ShouldBeTrue();
        new JsOp("c", () => 1).Mode.ShouldBe(JsOpMode.Sync);
    }

    [Fact]
    public void Create_HandlerThatReturnsAnything_FitsBothModes()
    {
        Func<object?> handler = () => Task.FromResult(1);

        new JsOp("a", handler, JsOpMode.Async).Mode.ShouldBe(JsOpMode.Async);
        new JsOp("b", handler).Mode.ShouldBe(JsOpMode.Sync);
    }

    [Fact]
    [Trait("Upstream", "OPS::test_register_op_invalid_mode")]
    public void Create_InvalidMode_IsRefused() => Should.Throw<ArgumentException>(() => new JsOp("op", () => 1, (JsOpMode)9)).Message.ShouldContain("Invalid mode");

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a*")]
    public void Create_InvalidName_IsRefused(string name) => Should.Throw<ArgumentException>(() => new JsOp(name, () => 1)).Message.ShouldContain("is not a valid name for an op");

    [Theory]
    [InlineData("files")]
    [InlineData("op:files.*")]
    [InlineData("net:example.com")]
    public void Create_PermissionThatIsNone_IsRefused(string permission) =>
        Should.Throw<ArgumentException>(() => new JsOp("op", () => 1, permission: permission)).Message.ShouldContain("use op:NAME");
}
