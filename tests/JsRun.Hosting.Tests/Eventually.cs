namespace JsRun.Hosting.Tests;

/// <summary>Waits for what has no signal of its own.</summary>
internal static class Eventually
{
    /// <summary>Evaluates the condition again and again until it holds. It fails after half a minute, or after <paramref name="ceiling"/> milliseconds.</summary>
    public static async Task HoldsAsync(Func<bool> condition, Func<string>? describe = null, int ceiling = 30_000)
    {
        var started = Environment.TickCount64;
        while (!condition())
        {
            if (Environment.TickCount64 - started > ceiling)
            {
                throw new ShouldAssertException($"It did not come to hold within {ceiling / 1000} seconds. {describe?.Invoke()}");
            }

            await Task.Delay(2, TestContext.Current.CancellationToken);
        }
    }

    /// <inheritdoc cref="HoldsAsync(Func{bool}, Func{string}, int)" />
    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        var started = Environment.TickCount64;
        while (!await condition())
        {
            if (Environment.TickCount64 - started > 30_000)
            {
                throw new ShouldAssertException("It did not come to hold within 30 seconds.");
            }

            await Task.Delay(2, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The task, or a failure where it takes half a minute.</summary>
    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    /// <inheritdoc cref="InTime{T}(Task{T})" />
    public static Task InTime(this Task task) => task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    /// <inheritdoc cref="InTime{T}(Task{T})" />
    public static Task<T> InTime<T>(this ValueTask<T> task) => task.AsTask().InTime();

    /// <inheritdoc cref="InTime{T}(Task{T})" />
    public static Task InTime(this ValueTask task) => task.AsTask().InTime();
}
