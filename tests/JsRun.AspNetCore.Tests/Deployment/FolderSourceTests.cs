using JsRun.AspNetCore.Bridge;
using JsRun.AspNetCore.Deployment;
using JsRun.AspNetCore.Endpoints;
using JsRun.AspNetCore.Problems;
using JsRun.AspNetCore.Tests.Fakes;
using JsRun.AspNetCore.Watching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.AspNetCore.Tests.Deployment;

public sealed class FolderSourceTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeHost _host = new();
    private readonly FakeWatch _watch = new();
    private readonly FakeTimeProvider _time = new();
    private readonly LogCollector _log = new();
    private readonly FunctionEndpointDataSource _endpoints;
    private readonly JsEndpointConventionBuilder _conventions = new();
    private FolderSource? _sut;

    public FolderSourceTests()
    {
        var logger = _log.CreateLogger("test");
        _endpoints = new FunctionEndpointDataSource(
            _conventions, new FunctionInvoker(new FunctionProblemWriter(new HostingEnvironment()), HeaderEncoding.Default, exposesCaller: false, logger, TimeProvider.System), new ServiceCollection().BuildServiceProvider());
    }

    private string[] Routes => [.. _endpoints.Endpoints.Cast<RouteEndpoint>().Select(e => $"{e.RoutePattern.RawText} {e.Metadata.GetMetadata<EdgeFunctionMetadata>()!.File}")];

    [Fact]
    public async Task Deploy_Folder_MapsItsFiles()
    {
        _folder.Write("index.ts").Write("users/[id].ts").Write("_lib/x.ts");

        await DeployAsync();

        Routes.ShouldBe(["/ index.ts", "/users/{id} users/[id].ts"]);
        _host.Functions.Select(f => f.Descriptor.Name).ShouldBe(["/", "/users/{id}"]);
        _host.Functions[0].Descriptor.Root.ShouldBe(_folder.Path);
    }

    [Fact]
    public async Task Deploy_Prefix_ComesBeforeEveryRoute()
    {
        _folder.Write("index.ts").Write("a.ts");

        await DeployAsync("/api");

        Routes.ShouldBe(["/api/a a.ts", "/api index.ts"]);
    }

    [Fact]
    public async Task Deploy_Conventions_ApplyToEveryEndpoint()
    {
        _folder.Write("a.ts").Write("b.ts");
        _conventions.WithMetadata("marked");

        await DeployAsync();

        _endpoints.Endpoints.ShouldAllBe(e => e.Metadata.GetMetadata<string>() == "marked");
    }

    [Fact]
    public async Task Deploy_Library_IsNotRouted()
    {
        _folder.Write("lib.ts").Write("a.ts");
        _host.OnDeploy = f => f.CurrentState = f.Descriptor.File == "lib.ts" ? EdgeFunctionState.Library : EdgeFunctionState.Ready;

        await DeployAsync();

        Routes.ShouldBe(["/a a.ts"]);
    }

    [Fact]
    public async Task Deploy_BrokenFunction_IsRouted()
    {
        _folder.Write("a.ts");
        _host.OnDeploy = f =>
        {
            f.CurrentState = EdgeFunctionState.Failed;
            f.CurrentError = "a.ts:1:2 broken";
        };

        await DeployAsync();

        Routes.ShouldBe(["/a a.ts"]);
    }

    [Fact]
    public async Task Deploy_Collision_ServesTheFirstAndNamesBoth()
    {
        _folder.Write("users.ts").Write("users/index.ts");

        await DeployAsync();

        Routes.ShouldBe(["/users users.ts"]);
        var loser = _sut!.Functions.Single(f => f.File == "users/index.ts");
        loser.State.ShouldBe(EdgeFunctionState.Failed);
        loser.Problem!.ShouldContain("users.ts");
        loser.Problem!.ShouldContain("users/index.ts");
        _log.Entries.ShouldContain(e => e.Level == LogLevel.Error && e.Text == loser.Problem);
    }

    [Fact]
    public async Task Deploy_LibraryOfTheSameName_IsNoCollision()
    {
        _folder.Write("users.ts").Write("users/index.ts");
        _host.OnDeploy = f => f.CurrentState = f.Descriptor.File == "users.ts" ? EdgeFunctionState.Library : EdgeFunctionState.Ready;

        await DeployAsync();

        Routes.ShouldBe(["/users users/index.ts"]);
    }

    [Fact]
    public async Task Deploy_NameThatIsNoRoute_IsListedWithItsError()
    {
        _folder.Write("[id.ts").Write("a.ts");

        await DeployAsync();

        Routes.ShouldBe(["/a a.ts"]);
        var broken = _sut!.Functions.Single(f => f.File == "[id.ts");
        broken.State.ShouldBe(EdgeFunctionState.Failed);
        broken.Problem!.ShouldContain("brackets");
        _log.Entries.ShouldContain(e => e.Text == broken.Problem);
    }

    [Fact]
    public async Task Change_NewFile_IsServedAndRoutingIsTold()
    {
        _folder.Write("a.ts");
        await DeployAsync();
        var token = _endpoints.GetChangeToken();

        _folder.Write("b.ts");
        Change("b.ts");

        Routes.ShouldBe(["/a a.ts", "/b b.ts"]);
        token.HasChanged.ShouldBeTrue();
        _host["a.ts"].Reloads.ShouldBe(1);
    }

    [Fact]
    public async Task Change_NewGeneration_LeavesRoutingAlone()
    {
        _folder.Write("a.ts");
        await DeployAsync();
        var token = _endpoints.GetChangeToken();
        var endpoint = _endpoints.Endpoints[0];
        _host["a.ts"].OnReload = f =>
        {
            f.CurrentGeneration = 2;
            return true;
        };

        Change("a.ts");

        token.HasChanged.ShouldBeFalse();
        _endpoints.Endpoints[0].ShouldBeSameAs(endpoint);
    }

    [Fact]
    public async Task Change_BrokenVersion_KeepsTheRoute()
    {
        _folder.Write("a.ts");
        await DeployAsync();
        _host["a.ts"].OnReload = f =>
        {
            f.CurrentError = "a.ts:3:1 broken";
            return false;
        };

        Change("a.ts");

        Routes.ShouldBe(["/a a.ts"]);
        _sut!.Functions[0].Function!.Error.ShouldBe("a.ts:3:1 broken");
    }

    [Fact]
    public async Task Change_LibraryThatBecomesAFunction_IsServed()
    {
        _folder.Write("a.ts");
        _host.OnDeploy = f => f.CurrentState = EdgeFunctionState.Library;
        await DeployAsync();
        Routes.ShouldBeEmpty();
        _host["a.ts"].OnReload = f =>
        {
            f.CurrentState = EdgeFunctionState.Ready;
            return true;
        };

        Change("a.ts");

        Routes.ShouldBe(["/a a.ts"]);
    }

    [Fact]
    public async Task Change_RemovedFile_IsServedNoMore()
    {
        _folder.Write("users.ts").Write("users/index.ts");
        await DeployAsync();

        File.Delete(_folder["users.ts"]);
        Change("users.ts");

        _host.Removed.ShouldBe(["users.ts"]);
        Routes.ShouldBe(["/users users/index.ts"]);
    }

    [Fact]
    public async Task Change_FileThatNobodyReads_DoesNothing()
    {
        _folder.Write("a.ts");
        await DeployAsync();

        Change("app.db");
        Change(null);

        _host["a.ts"].Reloads.ShouldBe(1);
    }

    [Fact]
    public async Task Change_FolderGone_IsLoggedAndServesOn()
    {
        _folder.Write("a.ts");
        await DeployAsync();

        Directory.Delete(_folder.Path, recursive: true);
        Change(null);
        Directory.CreateDirectory(_folder.Path);

        Routes.ShouldBe(["/a a.ts"]);
        _log.Entries.ShouldContain(e => e.Id == 359);
    }

    [Fact]
    public async Task Stop_Watch_EndsAndPendingChangesAreForgotten()
    {
        _folder.Write("a.ts");
        await DeployAsync();

        _watch.Change(_folder["a.ts"]);
        _sut!.Stop();
        _time.Advance(Debouncer.Longest);

        _watch.IsDisposed.ShouldBeTrue();
        _host["a.ts"].Reloads.ShouldBe(0);
    }

    public void Dispose()
    {
        _sut?.Dispose();
        _folder.Dispose();
    }

    private async Task DeployAsync(string prefix = "")
    {
        var logger = _log.CreateLogger("test");
        _sut = new FolderSource(
            new FunctionSourceSettings { Root = _folder.Path, Group = "", Deployer = new(_host, logger), Endpoints = _endpoints, Watch = _watch, Time = _time, Logger = logger },
            prefix);
        await _sut.DeployAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The fakes answer at once, so the timer's callback has brought everything in line when this returns.</summary>
    private void Change(string? file)
    {
        _watch.Change(file is null ? null : _folder[file]);
        _time.Advance(Debouncer.Quiet);
    }
}
