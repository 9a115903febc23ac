using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;

namespace JsRun.Hosting.Tests.Faults;

/// <summary>All that the host offers an embedder to extend a runtime with. <c>{fault}</c> stands for the exception's type.</summary>
internal static class ExtensionPoints
{
    private const string HostError = "HostError {fault}";

    private const string Conversion = "TypeError conversion";

    public static readonly IReadOnlyDictionary<string, ExtensionPoint> All = new Dictionary<string, ExtensionPoint>
    {
        ["a synchronous host function"] = new(HostError, "f()", (r, fault) => r.BindFunction("f", int () => throw fault())),
        ["an asynchronous host function"] = new(HostError, "f()", (r, fault) => r.BindFunction("f", async Task<int> () => { await Task.Yield(); throw fault(); })),
        ["a host function that throws instead of returning a task"] = new(HostError, "f()", (r, fault) => r.BindFunction("f", Task<int> () => throw fault())),
        ["a host function that returns a ValueTask"] = new(HostError, "f()", (r, fault) => r.BindFunction("f", async ValueTask () => { await Task.Yield(); throw fault(); })),
        ["a host function called by a callback of a host function"] = new("HostError script-error", "call(() => f())", (r, fault) =>
        {
            r.BindFunction("call", (JsFunction f) => f.Invoke());
            r.BindFunction("f", int () => throw fault());
        }),
        ["a synchronous op"] = new(HostError, "JsRun.ops.f()", (r, fault) => r.RegisterOp("f", int () => throw fault()), Op),
        ["an asynchronous op"] = new(HostError, "JsRun.ops.f()", (r, fault) => r.RegisterOp("f", async Task<int> () => { await Task.Yield(); throw fault(); }, JsOpMode.Async), Op),
        ["a member of a bound object"] = new(HostError, "o.f()", (r, fault) => r.BindObject("o", new Dictionary<string, object?> { ["f"] = new Func<int>(() => throw fault()) })),
        ["a member of an exported object"] = new(HostError, "o.sync()", (r, fault) => r.BindObject("o", new FaultyExport(fault))),
        ["an asynchronous member of an exported object"] = new(HostError, "o.soon()", (r, fault) => r.BindObject("o", new FaultyExport(fault))),
        ["an asynchronous member of an exported object that throws at once"] = new(HostError, "o.value()", (r, fault) => r.BindObject("o", new FaultyExport(fault))),
        ["a getter of an exported object"] = new(HostError, "o.property", (r, fault) => r.BindObject("o", new FaultyExport(fault))),
        ["a setter of an exported object"] = new(HostError, "'use strict'; o.property = 1", (r, fault) => r.BindObject("o", new FaultyExport(fault))),
        ["a member of an object with generated exports"] = new(HostError, "o.sync()", (r, fault) => r.BindObject("o", new FaultyGenerated(fault))),
        ["an asynchronous member of an object with generated exports"] = new(HostError, "o.soonAsync()", (r, fault) => r.BindObject("o", new FaultyGenerated(fault))),
        ["an asynchronous member of an object with generated exports that throws at once"] = new(HostError, "o.valueAsync()", (r, fault) => r.BindObject("o", new FaultyGenerated(fault))),
        ["a getter of an object with generated exports"] = new(HostError, "o.property", (r, fault) => r.BindObject("o", new FaultyGenerated(fault))),
        ["a setter of an object with generated exports"] = new(HostError, "'use strict'; o.property = 1", (r, fault) => r.BindObject("o", new FaultyGenerated(fault))),
        ["a JSON converter of a result"] = new(Conversion, "f()", (r, _) => r.BindFunction("f", () => new FaultyValue(1)), Converter),
        ["a JSON converter of a parameter"] = new(Conversion, "f({ number: 1 })", (r, _) => r.BindFunction("f", (FaultyValue v) => v.Number), Converter),
        ["a sequence that is returned"] = new(Conversion, "f()", (r, fault) => r.BindFunction("f", () => Items(fault))),
        ["a callback of a call's token"] = new("ok", "f(); 'ok'", (r, fault) => r.BindFunction("f", async Task (CancellationToken token) =>
        {
            token.Register(() => throw fault());
            await Task.Delay(Timeout.Infinite, token);
        })),
        ["the beginning of an asynchronous sequence"] = new(HostError, "(async () => { for await (const _ of f()); })()", Sequence("begin")),
        ["the second item of an asynchronous sequence"] = new(HostError, "(async () => { for await (const _ of f()); })()", Sequence("next")),
        ["an item of an asynchronous sequence"] = new(HostError, "(async () => { for await (const _ of f()); })()", Sequence("current")),
        ["the end of an asynchronous sequence"] = new(HostError, "(async () => { for await (const _ of f()); return 'ok'; })()", Sequence("end")),
        ["the end of an asynchronous sequence that is left"] = new("ok", "(async () => { for await (const _ of f()) break; return 'ok'; })()", Sequence("end")),
        ["a callback of an asynchronous sequence's token"] = new("ok", "(async () => { for await (const _ of f()); return 'ok'; })()", Sequence("token")),
        ["a channel"] = new(HostError, "(async () => { for await (const _ of f()); })()", (r, fault) => r.BindFunction("f", () =>
        {
            var channel = Channel.CreateUnbounded<int>();
            channel.Writer.TryWrite(1);
            channel.Writer.Complete(fault());
            return channel.Reader;
        })),
        ["a stream"] = new(HostError, "new Response(f()).text()", (r, fault) => r.BindFunction("f", () => new FaultyStream(fault))),
        ["the end of a stream that is left"] = new("a", "(async () => { const reader = f().getReader(); const { value } = await reader.read(); await reader.cancel(); return String.fromCharCode(value[0]); })()", (r, fault) => r.BindFunction("f", () => new FaultyStream(fault))),
        ["a pipe"] = new(HostError, "new Response(f()).text()", (r, fault) => r.BindFunction("f", () => new FaultyPipe(fault))),
        ["a module resolver"] = new("TypeError", "import('x:y')", (r, fault) => r.Modules.Resolver = _ => throw fault()),
        ["a module resolver, asked by a module"] = new("TypeError", "import('x:y')", (r, fault) =>
        {
            r.Modules.Resolver = request => request.Referrer == "x:y" ? throw fault() : null;
            r.Modules.Loader = (_, _) => new("import 'x:z';");
        }),
        ["a module loader"] = new("TypeError", "import('x:y')", (r, fault) => r.Modules.Loader = async ValueTask<JsModuleSource?> (_, _) => { await Task.Yield(); throw fault(); }),
        ["a module loader that throws at once"] = new("TypeError", "import('x:y')", (r, fault) => r.Modules.Loader = ValueTask<JsModuleSource?> (JsModuleLoadRequest _, CancellationToken _) => throw fault()),
        ["a synchronous module loader"] = new("TypeError", "import('x:y')", (r, fault) => r.Modules.SyncLoader = JsModuleSource? (JsModuleLoadRequest _) => throw fault()),
        ["a module loader, for what a module imports"] = new("TypeError", "import('x:y')", (r, fault) => r.Modules.Loader = (request, _) => request.Url == "x:y" ? new("import 'x:z';") : throw fault()),
        ["the console"] = new("ok", "console.log('said'); 'ok'", Configure: (o, fault) => o.Console.OnMessage = _ => throw fault()),
        ["the console's logger"] = new("ok", "console.error('said'); 'ok'", Configure: (o, fault) => o.Console.Logger = new FaultyLogger(fault)),
        ["the listener of uncaught errors"] = new("ok", "(async () => { setTimeout(() => { throw new Error('uncaught'); }); Promise.reject(new Error('rejected')); await new Promise(r => setTimeout(r)); return 'ok'; })()", Configure: (o, fault) => o.OnUncaughtError = _ => throw fault()),
        ["the listener of denied permissions"] = new("PermissionDenied permission-denied", "JsRun.ops.f()", (r, _) => r.RegisterOp("f", () => 1, permission: "op:f"), (o, fault) => o.OnPermissionDenied = _ => throw fault()),
        ["a handler of the HTTP client"] = new("TypeError", "fetch('http://host.test/head/{fault}')", Configure: (o, _) => o.Permissions.Add("net:host.test")),
        ["the body of an HTTP client's response"] = new(HostError, "fetch('http://host.test/body/{fault}').then(r => r.text())", Configure: (o, _) => o.Permissions.Add("net:host.test")),
        ["an interrupt of the isolate's own thread"] = new("ok", "f(); new Promise(r => setTimeout(r, 1, 'ok'))", (r, _) => r.BindFunction("f", () => Thread.CurrentThread.Interrupt())),
    };

    private static Action<IJsRuntime, Func<Exception>> Sequence(string where) => (r, fault) => r.BindFunction("f", () => new FaultySequence(where, fault));

    private static void Op(JsRuntimeOptions options, Func<Exception> fault) => options.Permissions.Add("op:f");

    private static void Converter(JsRuntimeOptions options, Func<Exception> fault) =>
        options.JsonOptions = new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver(), Converters = { new FaultyConverter(fault) } };

    private static IEnumerable<int> Items(Func<Exception> fault)
    {
        yield return 1;
        throw fault();
    }
}
