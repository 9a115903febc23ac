using System.Diagnostics;
using JsRun.Functions;
using JsRun.Images;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Images;

/// <summary>Whatever happens to workers and files: requests are answered, and in the end there is an image again.</summary>
public sealed class ImageTroubleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("garbage")]
    [InlineData("empty")]
    [InlineData("half")]
    [InlineData("bit")]
    [InlineData("version")]
    [InlineData("foreign")]
    public async Task Start_WithADamagedImage_BuildsItAnew(string damage)
    {
        using var cache = new CacheFolder();
        await using (var app = await HeapApp.StartAsync(cache: cache.Path))
        {
            await app.HandleAsync("return new Response(String(++count));", "let count = 1;", "f.js");
        }

        foreach (var file in cache.Images)
        {
            await File.WriteAllBytesAsync(file, Damage(await File.ReadAllBytesAsync(file, Token), damage), Token);
        }

        await using var next = await HeapApp.StartAsync(cache: cache.Path);
        var function = await next.App.HandleAsync("return new Response(String(++count));", "f.js", "let count = 1;");
        (await function.GetAsync()).ShouldBe("2", "it is replayed meanwhile");
        await next.ServesFromHeapAsync(function);

        (await function.GetAsync()).ShouldBe("2");
        next.App.Logs.Entries.ShouldContain(e => e.Id == 154);
        // The image with the function is sound again. The web layer's own is read only when something needs it, and may still be damaged.
        var images = cache.Images.Select(f => ImageFile.Read(File.ReadAllBytes(f))).ToArray();
        images.ShouldContain(i => i.Error == null && i.Header!.Functions.Count == 1);
    }

    [Fact]
    public async Task Cache_DeletedWhileRunning_IsMadeAgain()
    {
        using var cache = new CacheFolder();
        await using var app = await HeapApp.StartAsync(cache: cache.Path);
        var first = await app.HandleAsync("return new Response('first');");
        Directory.Delete(cache.Path, recursive: true);

        (await first.GetAsync()).ShouldBe("first");
        var second = await app.HandleAsync("return new Response('second');");
        (await first.GetAsync()).ShouldBe("first");
        (await second.GetAsync()).ShouldBe("second");
        cache.Images.Length.ShouldBe(1);
        if (!OperatingSystem.IsWindows())
        {
            cache.Mode.ShouldBe((UnixFileMode)0b111_000_000);
        }
    }

    [Fact]
    public async Task Cache_OnAFullDisk_CostsNothingButTheCache()
    {
        using var cache = new CacheFolder();
        Directory.CreateDirectory(cache.Path);
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=64k,mode=0700", "tmpfs", cache.Path), "This user may not mount.");
        try
        {
            await using var app = await HeapApp.StartAsync(cache: cache.Path);
            var function = await app.HandleAsync("return new Response(String(++count));", "let count = 1;");

            (await function.GetAsync()).ShouldBe("2");
            app.App.Logs.Entries.ShouldContain(e => e.Id == 155);
            Directory.GetFiles(cache.Path, "*.part").ShouldBeEmpty();
        }
        finally
        {
            await RunAsync("umount", cache.Path);
        }
    }

    /// <summary>The worker that builds and the one that verifies, killed as soon as they are there, and at several stages of their work.</summary>
    [Fact]
    public async Task Worker_KilledAtAnyMoment_CostsNoRequest()
    {
        await using var app = await HeapApp.StartAsync();
        var (jobs, target, delay) = (0, -1, 0);
        app.App.Host.Services.GetRequiredService<ImageTiers>().Worker!.Started = id =>
        {
            if (Interlocked.Increment(ref jobs) - 1 == Volatile.Read(ref target))
            {
                _ = KillAsync(Process.GetProcessById(id), Volatile.Read(ref delay));
            }
        };
        using var stop = new CancellationTokenSource();
        var function = await app.App.HandleAsync("return new Response(String(++count));", top: "let count = 0;");
        var asking = AskAsync(function, stop.Token);
        foreach (var (job, after) in new[] { (0, 0), (1, 0), (0, 40), (1, 40), (0, 150), (1, 150), (0, 400) })
        {
            Volatile.Write(ref target, job);
            Volatile.Write(ref delay, after);
            Volatile.Write(ref jobs, 0);
            await app.HandleAsync("return new Response('');", $"const n = {(job * 1000) + after};");
        }

        await stop.CancelAsync();
        (await asking).ShouldBeGreaterThan(0);
        app.App.Logs.Entries.ShouldContain(e => e.Id == 153 && e.Message.Contains("signal 9", StringComparison.Ordinal));
        (await function.GetAsync()).ShouldBe("1");
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task Worker_ThatLoops_IsEndedWhileRequestsAreAnswered()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var cache = new CacheFolder();
        await using var app = await FunctionApp.StartAsync(
            options =>
            {
                options.Images.Tier = JsImageMode.Heap;
                options.Images.CachePath = cache.Path;
            },
            time);
        using var gate = new SemaphoreSlim(1, 1);
        var workers = 0;
        app.Host.Services.GetRequiredService<ImageTiers>().Worker!.Started = id =>
        {
            // With the others, and alone: both times it loops. Half a second is for the loop to begin; nothing depends on it. The limit is a minute, and half a second for each function.
            if (Interlocked.Increment(ref workers) <= 2)
            {
                _ = Task.Run(async () =>
                {
                    await Task.Delay(500);
                    // The time is not to pass in the middle of a request, whose limits have the same clock.
                    await gate.WaitAsync();
                    time.Advance(TimeSpan.FromSeconds(70));
                    gate.Release();
                });
            }
        };
        // Only while an image is built the stack of an error has no frames.
        var function = await app.HandleAsync("return new Response('answered');", top: "if (!new Error().stack.includes('\\n')) for (;;);");
        time.Advance(TimeSpan.FromSeconds(1));
        var ceiling = Environment.TickCount64 + 60_000;
        while (function.TierReason?.Contains("longer than 60", StringComparison.Ordinal) != true)
        {
            Environment.TickCount64.ShouldBeLessThan(ceiling, function.TierReason ?? "");
            await gate.WaitAsync(Token);
            try
            {
                (await function.GetAsync().InTime()).ShouldBe("answered");
            }
            finally
            {
                gate.Release();
            }
        }

        function.Tier.ShouldBe(JsImageTier.Replay);
        workers.ShouldBeGreaterThanOrEqualTo(2);
        (await function.GetAsync()).ShouldBe("answered");
    }

    private static async Task<int> AskAsync(EdgeFunction function, CancellationToken stop)
    {
        var answered = 0;
        while (!stop.IsCancellationRequested)
        {
            (await function.GetAsync()).ShouldBe("1");
            answered++;
            // The worker comes last, and must come at all.
            await Task.Delay(2, CancellationToken.None);
        }

        return answered;
    }

    private static async Task KillAsync(Process process, int delay)
    {
        using (process)
        {
            if (delay > 0)
            {
                await Task.Delay(delay);
            }

            process.Kill();
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            await process.WaitForExitAsync(CancellationToken.None);
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static byte[] Damage(byte[] file, string how)
    {
        var changed = (byte[])file.Clone();
        switch (how)
        {
            case "garbage":
                Random.Shared.NextBytes(changed);
                return changed;
            case "empty":
                return [];
            case "half":
                return file[..(file.Length / 2)];
            case "bit":
                changed[^1000] ^= 1;
                return changed;
            case "version":
                changed[8]++;
                return changed;
            default:
                // Whole, and of another machine: somebody has copied it under this name.
                var (header, blob, _) = ImageFile.Read(file);
                return ImageFile.Write(header! with { Key = new string('f', 64) }, blob.Span);
        }
    }
}
