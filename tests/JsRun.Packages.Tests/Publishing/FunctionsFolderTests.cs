namespace JsRun.Packages.Tests.Publishing;

/// <summary>The files that the targets of JsRun.AspNetCore add to what an application publishes.</summary>
public sealed class FunctionsFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jsrun-publish-");

    private string App => Path.Combine(_folder.FullName, "app");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Folder_WithoutAnyProperty_IsPublishedButForWhatServesNoRequest()
    {
        Write("functions/hello.ts", "functions/users/[id].js", "functions/_lib/text.txt", "functions/data.json", "functions/add.wasm", "functions/page.mjs", "functions/package.json");
        Write("functions/node_modules/ms/index.js", "functions/a/node_modules/ms/index.js", "functions/.env", "functions/.cache/a.js", "functions/hello.test.ts", "functions/users/id.spec.js",
            "functions/types.d.ts", "functions/tsconfig.json", "functions/package-lock.json", "functions/Code.cs", "elsewhere/other.ts");

        var (published, output) = await ReadAsync("");

        published.ShouldBe(["functions/_lib/text.txt", "functions/add.wasm", "functions/data.json", "functions/hello.ts", "functions/package.json", "functions/page.mjs", "functions/users/[id].js"]);
        output.ShouldNotContain("warning");
    }

    [Fact]
    public async Task Folder_Named_IsPublishedAndOneThatDoesNotExistIsAWarning()
    {
        Write("tenants/a/a.ts", "tenants/a/draft.ts", "functions/not.ts", "../shared/b.ts");

        var (published, output) = await ReadAsync("""
            <PropertyGroup>
              <JsRunFunctionsFolder>tenants/a;../shared/;missing</JsRunFunctionsFolder>
              <JsRunFunctionsExclude>tenants/**/draft.ts</JsRunFunctionsExclude>
              <JsRunCollectFunctionsDependsOn>Bundle</JsRunCollectFunctionsDependsOn>
            </PropertyGroup>
            <Target Name="Bundle"><WriteLinesToFile File="tenants/a/bundle.mjs" Lines="x" /></Target>
            """);

        published.ShouldBe(["shared/b.ts", "tenants/a/a.ts", "tenants/a/bundle.mjs"]);
        output.ShouldContain("warning JSRUN001: The folder of functions 'missing' (JsRunFunctionsFolder) does not exist");
        output.ShouldNotContain("'tenants");
    }

    private void Write(params string[] files)
    {
        foreach (var file in files)
        {
            var path = Path.GetFullPath(Path.Combine(App, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "{}");
        }
    }

    private async Task<(string[] Published, string Output)> ReadAsync(string project)
    {
        await File.WriteAllTextAsync(Path.Combine(App, "App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              {project}
              <Import Project="{Repository.Root}/src/JsRun.AspNetCore/Packaging/JsRun.AspNetCore.targets" />
              <Target Name="ListPublished" DependsOnTargets="AssignTargetPaths">
                <WriteLinesToFile File="published.txt" Lines="@(ContentWithTargetPath->'%(TargetPath)|%(CopyToOutputDirectory)|%(CopyToPublishDirectory)')" Overwrite="true" />
              </Target>
            </Project>
            """, TestContext.Current.CancellationToken);
        var output = await DotNet.RunAsync(App, "msbuild", "App.csproj", "-restore", "-nologo", "-v:m", "-t:ListPublished");
        var list = Path.Combine(App, "published.txt");
        File.Exists(list).ShouldBeTrue(output);
        string[] lines = [.. (await File.ReadAllLinesAsync(list, TestContext.Current.CancellationToken)).Order(StringComparer.Ordinal)];
        lines.ShouldAllBe(line => line.EndsWith("|Never|PreserveNewest", StringComparison.Ordinal));
        return ([.. lines.Select(line => line.Split('|')[0])], output);
    }
}
