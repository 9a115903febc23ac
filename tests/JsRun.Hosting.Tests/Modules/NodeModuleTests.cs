namespace JsRun.Hosting.Tests.Modules;

/// <summary>The modules of Node.js in functions. <c>JavaScript/test/node-modules.test.ts</c> compares what they do with Node.js.</summary>
public sealed class NodeModuleTests
{
    private const string Imports = """
        import { Buffer } from 'node:buffer'; import EventEmitter from 'events'; import { inspect, promisify } from 'node:util'; import { join } from 'path'; import { createHash } from 'node:crypto'; import process from 'node:process';
        import { Readable } from 'node:stream'; import { text } from 'node:stream/consumers'; import fs from 'fs/promises'; import { spawn } from 'node:child_process'; import { AsyncLocalStorage } from 'async_hooks';
        const emitter = new EventEmitter(); let count = 0; emitter.on('request', () => { count++; }); Buffer.marked = (Buffer.marked ?? 0); const storage = new AsyncLocalStorage();
        """;

    private const string Body = """
        emitter.emit('request'); Buffer.marked++; Array.prototype.includes.call([], 1);
        let refused; try { spawn('ls'); } catch (error) { refused = error.code; }
        const order = []; process.nextTick((value) => { order.push(value); }, 'tick'); await null;
        return new Response([count, Buffer.marked, Buffer.from('aGk_', 'base64url').toString('hex'), inspect({ a: [1] }), join('/a', '../b'), createHash('md5').update('a').digest('hex'), process.env.KEY, order.join(),
          await text(Readable.from(['x', 'y'])), await fs.readFile('/etc/passwd').catch((e) => e.code), refused, await promisify((v, done) => { done(null, v); })(7), await storage.run(8, async () => { await null; return storage.getStore(); })].join(' '));
        """;

    private const string Answer = "1 1 68693f {a: [1]} /b 0cc175b9c0f1b6a831c399e269772661 value tick xy ENOENT ERR_METHOD_NOT_IMPLEMENTED 7 8";

    [Theory]
    [InlineData(JsImageMode.Replay, JsImageTier.Replay)]
    [InlineData(JsImageMode.Hardened, JsImageTier.Hardened)]
    public async Task Import_ModulesOfNode_WorkAndHaveStateOfTheirOwnInEachRequest(JsImageMode mode, JsImageTier tier)
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Images.Tier = mode;
            o.Env["KEY"] = "value";
        });
        var function = await app.HandleAsync(Body, top: Imports);

        for (var i = 0; i < 2; i++)
        {
            (await function.GetAsync()).ShouldBe(Answer.Replace("{a: [1]}", "{ a: [ 1 ] }", StringComparison.Ordinal));
        }

        function.Tier.ShouldBe(tier, function.TierReason);
    }

    [Fact]
    public async Task Import_ModuleOfNodeThatIsNotThere_NamesThoseThatAre()
    {
        await using var app = await FunctionApp.StartAsync();

        var function = await app.TryDeployAsync("import sqlite from 'node:sqlite'; export default { fetch() {} }");

        function.Error.ShouldNotBeNull().ShouldContain("node:buffer");
        function.Error.ShouldNotContain("node:jsrun");
    }
}
