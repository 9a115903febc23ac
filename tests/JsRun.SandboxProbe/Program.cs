using System.Net.Sockets;
using System.Text.Json;
using JsRun;
using JsRun.SandboxProbe;
using JsRun.Workers.Sandbox;
using Microsoft.Extensions.DependencyInjection;

// Begins as a worker does: it makes its host, listens, is sealed, and only then works. Or it is not sealed, to show what the attacks achieve without.
var isSealed = args[0] == "sealed";
using var pipe = new System.IO.Pipes.AnonymousPipeServerStream();
var targets = new AttackTargets(int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture), args[2], args[3], args[4], args[5], args[6], args[7]) { Pipe = (int)pipe.SafePipeHandle.DangerousGetHandle() };

using var host = isSealed ? await Work.StartAsync() : null;
using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(targets.SocketFolder, "worker")));
listener.Listen();

var report = isSealed ? WorkerSandbox.Seal() : WorkerSandbox.Detect();
var work = host is null ? "" : await Work.DoAsync(host.Services.GetRequiredService<IJsRuntimeFactory>());
var attacks = new Attacks(targets, isSealed).All().ToDictionary(static attack => attack.Name, static attack => attack.Try());
var status = File.ReadLines("/proc/self/status").Where(static line => line.StartsWith("Cap", StringComparison.Ordinal) || line.StartsWith("Seccomp", StringComparison.Ordinal) || line.StartsWith("NoNewPrivs", StringComparison.Ordinal));
Console.WriteLine(JsonSerializer.Serialize(new { report = report.ToData(), attacks, work, status }));

// The host connects when it has read this, and gets back what it sends.
using var connection = await listener.AcceptAsync();
var buffer = new byte[64];
var count = await connection.ReceiveAsync(buffer);
await connection.SendAsync(buffer.AsMemory(0, count));
if (host is not null)
{
    await host.StopAsync();
}

return 0;
