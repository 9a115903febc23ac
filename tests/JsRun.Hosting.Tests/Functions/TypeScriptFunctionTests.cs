namespace JsRun.Hosting.Tests.Functions;

/// <summary>TypeScript and JSX as functions are written in them. What each construct means is tested beside the compiler (<c>JavaScript/test/compiler/typescript.test.ts</c>).</summary>
public sealed class TypeScriptFunctionTests : IAsyncLifetime
{
    private FunctionApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await FunctionApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Deploy_WhatIsNotJustTypes_IsCompiled()
    {
        var function = await _app.DeployAsync("""
            namespace Shapes { export enum Kind { Square = 1 } export let count: number = 1; }
            function greet(n: string): string { return greet.prefix + n }
            namespace greet { export let prefix = 'hi ' }
            enum E { A = `x` }
            function twice(f: (this: K) => string, _: ClassMethodDecoratorContext) { return function (this: K) { return f.call(this) + f.call(this) } }
            class K { constructor(private readonly z: string) {} @twice m(): string { return this.z } accessor y = 2 }
            export default { fetch(request: Request): Response {
              using end = { [Symbol.dispose]() { Shapes.count++ } };
              return new Response([Shapes.Kind[Shapes.Kind.Square], greet('x'), E.A, new K('z').m(), new K('').y, end ? Shapes.count : 0].join())
            } } satisfies object
            """, "all.ts");

        (await function.GetAsync()).ShouldBe("Square,hi x,x,zz,2,1");
    }

    [Fact]
    public async Task Deploy_TopLevelUsing_Works()
    {
        const string code = "using x = { v: 5, [Symbol.dispose]() { globalThis.gone = true } }; const v = x.v;\nexport default { fetch() { return new Response(`${v},${globalThis.gone}`) } }";

        (await (await _app.DeployAsync(code, "using.js")).GetAsync()).ShouldBe("5,true");
        (await (await _app.DeployAsync(code.Replace("globalThis", "(globalThis as any)", StringComparison.Ordinal), "using.ts")).GetAsync()).ShouldBe("5,true");
    }

    [Fact]
    public async Task Deploy_JsxImportSource_FindsTheFoldersRuntime()
    {
        _app.Write("_lib/jsx-runtime.ts", "export const Fragment = 'f'; export function jsx(tag: string, props: { children?: unknown }): string { return `<${tag}>${props.children ?? ''}</${tag}>` } export const jsxs = jsx;");

        var function = await _app.DeployAsync("/** @jsxImportSource ./_lib */\nexport default { fetch() { return new Response(<p><b>x</b></p> as unknown as string) } }", "page.tsx");

        (await function.GetAsync()).ShouldBe("<p><b>x</b></p>");
    }

    [Fact]
    public async Task Deploy_JsxWithoutARuntime_SaysWhatToDo()
    {
        var function = await _app.TryDeployAsync("export default { fetch() { return new Response(<p/>) } }", "page.jsx");

        var error = function.Error.ShouldNotBeNull();
        error.ShouldContain("'react/jsx-runtime' is what JSX is compiled to");
        error.ShouldContain("@jsxImportSource ./_lib");
    }

    [Theory]
    [InlineData("a.ts", "\nexport = 5", "a.ts:2:1: 'export =' is not supported")]
    [InlineData("b.js", "const a = 1;\n@d class K {}", "b.js:2:1: Decorators are not supported in JavaScript")]
    [InlineData("c.ts", "export default {\n  fetch: (request: Request) => {\n    const a = [1, 2;\n  } };", "c.ts:3:20: ")]
    [InlineData("d.js", "const a = 1; process.env.X; export default { fetch() {} }", "env")]
    [InlineData("e.js", "import domain from 'domain'", "'domain' is a module of Node.js")]
    public async Task Deploy_WhatIsNotSupported_SaysSoAtItsPlace(string file, string code, string says) =>
        (await _app.TryDeployAsync(code, file)).Error.ShouldNotBeNull().ShouldContain(says);

    [Theory]
    [InlineData("one.js", "export default { fetch: (r) => { throw new Error(\"one\") } };", "one.js:1:40")]
    [InlineData("two.ts", "interface A { a: string }\nconst f = (a: A): never => { throw new TypeError(a.a) };\nexport default { fetch(): Response { return f({ a: 'x' }) } };", "two.ts:2:36")]
    [InlineData("three.tsx", "/** @jsx h */\nconst h = (t: () => string) => t();\nconst A = (): string => { throw new Error('a') };\nexport default { fetch() { return new Response(<A b=\"c\">d</A>) } };", "three.tsx:3:33")]
    public async Task Handle_Throws_IsAtTheAuthorsPlace(string file, string code, string place)
    {
        var function = await _app.DeployAsync(code, file);

        var error = await Should.ThrowAsync<JavaScriptException>(async () => await function.GetAsync());

        error.JsStack.Split('\n')[1].ShouldContain(place);
    }
}
