using JsRun.Wpt;

// JsRun.Wpt [PERMISSION …] [< paths of scripts]: each script runs in a runtime of its own, surface Full, and gives one line.
await using var runner = new ScriptRunner(args);
while (await Console.In.ReadLineAsync() is { } path)
{
    await Console.Out.WriteLineAsync(await runner.RunAsync(path));
}
