using JsRun.Cli;

return await CommandLine.RunAsync(args, CliStreams.OfProcess());
