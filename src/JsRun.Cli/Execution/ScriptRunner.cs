using System.CommandLine;
using JsRun.Cli.Commands;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JsRun.Cli.Execution;

/// <summary>Runs a script on a runtime of its own, with the command's limits and permissions, and turns its end into an exit code.</summary>
internal static class ScriptRunner
{
    public static async Task<int> RunAsync(
        CliStreams streams, ParseResult parsed, ScriptOptions options, Func<IJsRuntime, CancellationToken, Task> script, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timeout = options.Timeout(parsed);
        if (timeout is { } time)
        {
            deadline.CancelAfter(time);
        }

        var uncaught = new UncaughtErrors(streams);
        try
        {
            await using var services = new ServiceCollection().AddJsRun().Services.BuildServiceProvider();
            await using var runtime = await services.GetRequiredService<IJsRuntimeFactory>().CreateAsync(RuntimeOptions(streams, parsed, options, uncaught), deadline.Token);
            if (options.Env.ForScript(parsed) is { } env)
            {
                await runtime.SetGlobalAsync("env", env, deadline.Token);
            }

            await script(runtime, deadline.Token);
        }
        catch (FormatException e)
        {
            await streams.Error.WriteLineAsync(e.Message);
            return ExitCode.WrongUsage;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await streams.Error.WriteLineAsync("Interrupted.");
            return ExitCode.ScriptFailed;
        }
        catch (Exception e) when (e is OperationCanceledException or JsTimeoutException)
        {
            await streams.Error.WriteLineAsync(timeout is { } limit ? FormattableString.Invariant($"Timed out after {limit.TotalSeconds} s (--timeout).") : ErrorText.Of(e));
            return ExitCode.ScriptFailed;
        }
        catch (Exception e) when (e is JsRunException or IOException or UnauthorizedAccessException)
        {
            await streams.Error.WriteLineAsync(ErrorText.Of(e));
            return ExitCode.ScriptFailed;
        }

        return uncaught.Any ? ExitCode.ScriptFailed : ExitCode.Success;
    }

    private static JsRuntimeOptions RuntimeOptions(CliStreams streams, ParseResult parsed, ScriptOptions options, UncaughtErrors uncaught)
    {
        var result = new JsRuntimeOptions
        {
            MaxHeapBytes = options.MaxHeapBytes(parsed),
            Console = { OnMessage = message => (message.Level >= LogLevel.Warning ? streams.Error : streams.Out).WriteLine(message.Text) },
            OnUncaughtError = uncaught.Add,
        };
        foreach (var permission in options.Permissions(parsed))
        {
            result.Permissions.Add(permission);
        }

        return result;
    }
}
