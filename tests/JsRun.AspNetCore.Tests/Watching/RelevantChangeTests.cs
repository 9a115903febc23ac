using JsRun.AspNetCore.Tests.Fakes;
using JsRun.AspNetCore.Watching;

namespace JsRun.AspNetCore.Tests.Watching;

public sealed class RelevantChangeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("a.ts", true)]
    [InlineData("_lib/x.mjs", true)]
    [InlineData("a.js", true)]
    [InlineData("a.cjs", true)]
    [InlineData("a.mts", true)]
    [InlineData("a.cts", true)]
    [InlineData("a.jsx", true)]
    [InlineData("a.TSX", true)]
    [InlineData("note.txt", true)]
    [InlineData("add.wasm", true)]
    [InlineData("data.json", true)]
    [InlineData("users", true)]
    [InlineData("..data", true)]
    [InlineData("v1.2", true)]
    [InlineData("app.db", false)]
    [InlineData("log.log", false)]
    [InlineData(".git/index", false)]
    public void Matches_Path_SaysWhetherAFunctionMayCare(string path, bool expected)
    {
        Directory.CreateDirectory(_folder["v1.2"]);
        Directory.CreateSymbolicLink(_folder["..data"], _folder["v1.2"]);

        RelevantChange.Matches(_folder[path], _folder.Path).ShouldBe(expected);
    }

    public void Dispose() => _folder.Dispose();
}
