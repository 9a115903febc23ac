using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace JsRun.Benchmarks;

/// <summary>Asks so many at a time, in turn, and counts what is not 200.</summary>
internal sealed class SoakLoad(HttpClient client, IReadOnlyList<string> paths, int concurrency)
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a line of a request's body\n", 200)));

    private readonly ConcurrentDictionary<string, int> _failures = new();
    private int _failed;
    private int _next;

    public int Failed => _failed;

    public IReadOnlyDictionary<string, int> Failures => _failures;

    /// <returns>Requests per second.</returns>
    public async Task<double> RunAsync(int requests)
    {
        var started = Stopwatch.GetTimestamp();
        var left = requests;
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await AskAsync(paths[Interlocked.Increment(ref _next) % paths.Count]);
            }
        })));
        return requests / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task AskAsync(string path)
    {
        string? failure = null;
        try
        {
            using var content = path.StartsWith("/echo", StringComparison.Ordinal) ? new ByteArrayContent(Body) : null;
            using var request = new HttpRequestMessage(content is null ? HttpMethod.Get : HttpMethod.Post, path) { Content = content };
            using var response = await client.SendAsync(request);
            var bytes = await response.Content.ReadAsByteArrayAsync();
            failure = (int)response.StatusCode != 200 ? $"{path}: {(int)response.StatusCode}" : bytes.Length == 0 ? $"{path}: an empty body" : null;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            failure = $"{path}: {e.GetType().Name}";
        }

        if (failure is not null)
        {
            Interlocked.Increment(ref _failed);
            _failures.AddOrUpdate(failure, 1, static (_, n) => n + 1);
        }
    }
}
