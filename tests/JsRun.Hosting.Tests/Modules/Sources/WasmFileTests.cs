using JsRun.Modules.Sources;

namespace JsRun.Hosting.Tests.Modules.Sources;

public sealed class WasmFileTests
{
    // (module (import "env" "log" (func (param i32))) (import "env" "g" (global i32)) (import "other" "m" (memory 1))
    //         (func (export "add") (param i32 i32) (result i32) …))
    private static readonly byte[] Module =
    [
        0, 0x61, 0x73, 0x6D, 1, 0, 0, 0,
        1, 11, 2, 0x60, 1, 0x7F, 0, 0x60, 2, 0x7F, 0x7F, 1, 0x7F,
        2, 32, 3, 3, (byte)'e', (byte)'n', (byte)'v', 3, (byte)'l', (byte)'o', (byte)'g', 0, 0, 3, (byte)'e', (byte)'n', (byte)'v', 1, (byte)'g', 3, 0x7F, 0, 5, (byte)'o', (byte)'t', (byte)'h', (byte)'e', (byte)'r', 1, (byte)'m', 2, 0, 1,
        3, 2, 1, 1,
        7, 7, 1, 3, (byte)'a', (byte)'d', (byte)'d', 0, 1,
        10, 9, 1, 7, 0, 0x20, 0, 0x20, 1, 0x6A, 0x0B,
    ];

    [Fact]
    public void ReadShape_Module_HasItsImportsAndExports()
    {
        var shape = WasmFile.ReadShape(Fixed());

        shape.Imports.Select(import => import.Specifier).ShouldBe(["env", "other"]);
        shape.Bindings.Select(binding => (binding.From, binding.Name)).ShouldBe([(0, "log"), (0, "g"), (1, "m")]);
        shape.Locals.Select(local => local.Exported).ShouldBe(["add"]);
    }

    [Fact]
    public void ReadShape_TruncatedAnywhere_EndsWithAnErrorOrAShape()
    {
        var bytes = Fixed();
        for (var length = 0; length < bytes.Length; length++)
        {
            var error = Record.Exception(() => WasmFile.ReadShape(bytes.AsSpan(0, length)));
            (error is null or FormatException).ShouldBeTrue($"{length}: {error}");
        }
    }

    [Fact]
    public void ReadShape_NoModule_Throws() => Should.Throw<FormatException>(() => WasmFile.ReadShape("hello, world"u8)).Message.ShouldContain("magic number");

    private static byte[] Fixed()
    {
        // The import section's size counts what follows it.
        var copy = (byte[])Module.Clone();
        copy[22] = (byte)(copy.AsSpan(23).IndexOf(new byte[] { 3, 2, 1, 1 }));
        return copy;
    }
}
