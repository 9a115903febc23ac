using JsRun.AspNetCore.Routing;
using JsRun.AspNetCore.Tests.Fakes;

namespace JsRun.AspNetCore.Tests.Routing;

public sealed class FunctionFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void List_Folder_GivesFunctionsInOrdinalOrder()
    {
        foreach (var file in (string[])["z.ts", "B.js", "a.mjs", "users/[id].tsx", "users/index.jsx", "v1.2/x.ts"])
        {
            _folder.Write(file);
        }

        FunctionFiles.List(_folder.Path).ShouldBe(["B.js", "a.mjs", "users/[id].tsx", "users/index.jsx", "v1.2/x.ts", "z.ts"]);
    }

    [Theory]
    [InlineData("_lib/x.ts")]
    [InlineData("_x.ts")]
    [InlineData(".hidden.ts")]
    [InlineData(".git/x.js")]
    [InlineData("node_modules/pkg/index.js")]
    [InlineData("users/node_modules/pkg/index.js")]
    [InlineData("x.test.ts")]
    [InlineData("types.d.ts")]
    [InlineData("x.json")]
    [InlineData("readme.md")]
    [InlineData("x.ts~")]
    public void List_FileThatIsNoFunction_IsLeftOut(string file)
    {
        _folder.Write(file);

        FunctionFiles.List(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void List_LinkedFolder_IsNotFollowed()
    {
        _folder.Write("real/x.ts");
        Directory.CreateSymbolicLink(_folder["real/loop"], _folder.Path);

        FunctionFiles.List(_folder.Path).ShouldBe(["real/x.ts"]);
    }

    public void Dispose() => _folder.Dispose();
}
