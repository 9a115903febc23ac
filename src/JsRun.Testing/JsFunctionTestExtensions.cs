using JsRun.Testing.Fetch;
using JsRun.Testing.Hosting;
using JsRun.Testing.Output;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JsRun.Testing;

/// <summary>Puts a test's functions and fakes into an application.</summary>
public static class JsFunctionTestExtensions
{
    // The named client that fetch stands on.
    private const string FetchClient = "JsRun";

    /// <summary>
    /// Returns a factory whose application has the test's functions beside its own, and its fakes. A function of the test answers before everything that the application maps to the same route; it
    /// is reached without the application's middleware.
    /// </summary>
    /// <typeparam name="TEntryPoint">A type of the application's assembly, such as <c>Program</c>.</typeparam>
    /// <param name="factory">The factory of the application.</param>
    /// <param name="test">The test.</param>
    /// <returns>A factory of its own; dispose of it before the test.</returns>
    public static WebApplicationFactory<TEntryPoint> With<TEntryPoint>(this WebApplicationFactory<TEntryPoint> factory, JsFunctionTest test)
        where TEntryPoint : class
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(test);
        return factory.WithWebHostBuilder(builder => Configure(builder, test));
    }

    private static void Configure(IWebHostBuilder builder, JsFunctionTest test)
    {
        // Nobody changes a function while a test runs.
        builder.UseSetting("JsRun:Functions:Watch", "false");
        foreach (var (key, value) in test.Settings)
        {
            builder.UseSetting($"JsRun:{key}", value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.AddJsRun(options => Override(options, test));
            services.AddHttpClient(FetchClient).ConfigurePrimaryHttpMessageHandler(() => new FetchTestHandler(test.Fetch));
            services.AddSingleton<ILoggerProvider>(new ConsoleProvider(test.Console));
            if (test.Time is { } time)
            {
                services.AddSingleton<TimeProvider>(time);
            }

            if (test.HasFunctions)
            {
                var functions = new TestFunctions(test.Folder);
                services.AddSingleton<IStartupFilter>(functions);
                // Before the service that deploys what is mapped.
                services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(provider => new TestFunctionsStart(functions, provider)));
            }
        });
    }

    private static void Override(JsRunOptions options, JsFunctionTest test)
    {
        if (test.Permissions.Count > 0)
        {
            options.Permissions.Clear();
            foreach (var permission in test.Permissions)
            {
                options.Permissions.Add(permission);
            }
        }

        if (test.Env.Count > 0)
        {
            options.Env.Clear();
            foreach (var (name, value) in test.Env)
            {
                options.Env[name] = value;
            }
        }
    }
}
