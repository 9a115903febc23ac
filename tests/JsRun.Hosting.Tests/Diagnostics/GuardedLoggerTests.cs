using System.Reflection;
using JsRun.Diagnostics;
using JsRun.Hosting.Tests.Faults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JsRun.Hosting.Tests.Diagnostics;

public sealed class GuardedLoggerTests
{
    [Fact]
    public void Logger_EveryMemberThrows_IsSilent()
    {
        var logger = new GuardedLogger(new FaultyLogger(static () => new IOException(HostFaults.Secret)));

        logger.IsEnabled(LogLevel.Critical).ShouldBeFalse();
        logger.BeginScope("scope").ShouldBeNull();
        Should.NotThrow(() => logger.Log(LogLevel.Critical, 1, "state", null, static (state, _) => state));
    }

    [Fact]
    public void Log_ExceptionThatCannotBeDescribed_IsLoggedWithItsType()
    {
        using var logs = new DescribingLoggers();
        var logger = new GuardedLogger(logs);

        logger.Log(LogLevel.Error, 1, "It failed", new UnreadableException(), static (state, _) => state);

        logs.Text.ShouldNotBeNull().ShouldStartWith("It failed");
        logs.Text.ShouldContain(nameof(UnreadableException));
    }

    [Fact]
    public void CreateLogger_ProviderThrows_IsALogger()
    {
        using var factory = new LoggerFactory();
        factory.Dispose();

        new GuardedLoggerFactory(factory).CreateLogger("any").IsEnabled(LogLevel.Critical).ShouldBeFalse();
    }

    // A logger that is injected as it is would throw on an isolate's thread, which ends the process.
    [Fact]
    public void Services_OfJsRun_TakeGuardedLoggersOnly()
    {
        var services = new ServiceCollection();
        services.AddJsRun();

        services.Select(static s => s.ImplementationType)
            .Where(static t => t?.Assembly == typeof(Js).Assembly)
            .Select(static t => t!)
            .Where(static t => t != typeof(GuardedLoggerFactory))
            .SelectMany(static t => t.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).SelectMany(static c => c.GetParameters()), static (type, parameter) => (type, parameter.ParameterType))
            .Where(static p => p.ParameterType == typeof(ILoggerFactory) || p.ParameterType == typeof(ILogger) || p.ParameterType.IsGenericType && p.ParameterType.GetGenericTypeDefinition() == typeof(ILogger<>))
            .ShouldBeEmpty();
    }

    private sealed class DescribingLoggers : ILogger, IDisposable
    {
        public string? Text { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Text = $"{formatter(state, exception)} {exception}";

        public void Dispose()
        {
        }
    }
}
