using Embedding;
using JsRun;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var programs = Catalog.All;
var chosen = args.Length == 0 ? programs.Keys.ToArray() : args;
if (chosen.FirstOrDefault(name => !programs.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no program '{unknown}'. There are: {string.Join(", ", programs.Keys)}.");
    return 2;
}

var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
builder.Services.AddJsRun();
using var host = builder.Build();
await host.StartAsync();
foreach (var name in chosen)
{
    Console.WriteLine($"== {name}");
    await programs[name](host.Services.GetRequiredService<IJsRuntimeFactory>(), Console.Out);
}

await host.StopAsync();
return 0;
