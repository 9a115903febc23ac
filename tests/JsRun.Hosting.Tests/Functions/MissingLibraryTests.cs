using JsRun.Engine.Isolates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace JsRun.Hosting.Tests.Functions;

public sealed class MissingLibraryTests
{
    [Fact]
    public async Task Start_V8CannotBeLoaded_EndsWithTheMessageThatSaysWhatToDo()
    {
        var error = await Should.ThrowAsync<PlatformNotSupportedException>(() => TestHost.StartAsync(
            options => options.Pool.MinIsolates = 0,
            services => services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(provider => new Missing(provider.GetRequiredService<IsolateServices>())))));

        error.Message.ShouldBe("Add the package.");
    }

    /// <summary>Says what the first isolate would say.</summary>
    private sealed class Missing(IsolateServices isolates) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            isolates.LibraryFailure = new PlatformNotSupportedException("Add the package.");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
