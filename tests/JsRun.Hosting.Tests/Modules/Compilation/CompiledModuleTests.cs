using JsRun.Modules;
using JsRun.Modules.Compilation;

namespace JsRun.Hosting.Tests.Modules.Compilation;

public sealed class CompiledModuleTests
{
    [Fact]
    public void Parse_ShapeOfTheCompiler_IsRead()
    {
        var module = CompiledModule.Parse("""
            {"code":"(function* () {})","shape":{"imports":[{"specifier":"./a.json","type":"json","line":1,"column":8}],
            "bindings":[{"from":0,"name":null,"line":1,"column":2}],"locals":[{"exported":"default","local":"*default*"}],
            "indirect":[{"exported":"x","from":0,"name":"y","line":3,"column":4}],"stars":[0],"dynamic":[],"async":true,"positions":"AqFAr","disposes":true}}
            """);

        module.Error.ShouldBeNull();
        module.Code.ShouldBe("(function* () {})");
        module.Shape!.Imports.ShouldBe([new ModuleRequest("./a.json", 1, 8) { Type = "json" }]);
        module.Shape.Bindings.ShouldBe([new ImportedName(0, null, 1, 2)]);
        module.Shape.Locals.ShouldBe([new LocalExport("default", "*default*")]);
        module.Shape.Indirect.ShouldBe([new IndirectExport("x", 0, "y", 3, 4)]);
        module.Shape.Stars.ShouldBe([0]);
        module.Shape.Async.ShouldBeTrue();
        (module.Shape.Positions, module.Shape.Disposes).ShouldBe(("AqFAr", true));
    }

    [Fact]
    public void Parse_Failure_IsRead()
    {
        CompiledModule.Parse("""{"error":{"message":"m","line":2,"column":3}}""").Error.ShouldBe(new CompileFailure("m", 2, 3));
    }
}
