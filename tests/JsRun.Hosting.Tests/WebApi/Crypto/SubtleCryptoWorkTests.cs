using System.Security.Cryptography;
using JsRun.Runtimes;

namespace JsRun.Hosting.Tests.WebApi.Crypto;

/// <summary>What is large or takes long.</summary>
public sealed class SubtleCryptoWorkTests
{
    private const string Endless = """
        (async () => {
          const key = await crypto.subtle.importKey('raw', new Uint8Array(16), 'PBKDF2', false, ['deriveBits']);
          const bits = crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-512', salt: new Uint8Array(8), iterations: 0xffffffff }, key, 512);
          console.log('begun');
          return await bits;
        })()
        """;

    private const string Long = """
        (async () => (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-521' }, true, ['sign'])).privateKey.type)()
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Digest_ManyMegabytes_IsThatOfThePlatform()
    {
        var data = new byte[(5 << 20) + 3];
        new Random(1).NextBytes(data.AsSpan(0, 251));
        for (var i = 251; i < data.Length; i++)
        {
            data[i] = data[i - 251];
        }

        (await RunAsync(
            $$"""
            const data = new Uint8Array({{data.Length}});
            data.set(Uint8Array.fromBase64('{{Convert.ToBase64String(data.AsSpan(0, 251))}}'));
            for (let i = 251; i < data.length; i++) data[i] = data[i - 251];
            return new Uint8Array(await crypto.subtle.digest('SHA-256', data)).toBase64();
            """)).ShouldBe(Convert.ToBase64String(SHA256.HashData(data)));
    }

    [Theory]
    [InlineData("name: 'AES-CTR', counter: new Uint8Array(16), length: 32")]
    [InlineData("name: 'AES-CBC', iv: new Uint8Array(16)")]
    [InlineData("name: 'AES-GCM', iv: new Uint8Array(12)")]
    [InlineData("name: 'AES-GCM', iv: new Uint8Array(13)")]
    public async Task Encrypt_SizesAroundTheTransferBuffer_ComeBack(string algorithm) =>
        (await RunAsync(
            $$"""
            const algorithm = { {{algorithm}} };
            const key = await crypto.subtle.generateKey({ name: algorithm.name, length: 256 }, false, ['encrypt', 'decrypt']);
            const wrong = [];
            await Promise.all([0, 1, 65535, 65536 - 16, 65536, 65537, 200000, 1 << 20].map(async (size) => {
              const data = new Uint8Array(size).map((_, i) => i * 7);
              const back = new Uint8Array(await crypto.subtle.decrypt(algorithm, key, await crypto.subtle.encrypt(algorithm, key, data)));
              if (back.length !== size || back.some((b, i) => b !== data[i])) wrong.push(size);
            }));
            return `wrong: ${wrong.join()}`;
            """)).ShouldBe("wrong: ");

    [Fact]
    public async Task Operations_MoreThanTheHostHoldsAtOnce_AllSettle() =>
        (await RunAsync(
            """
            const sizes = Array.from({ length: 270 }, (_, i) => 131_100 + i);
            const digests = await Promise.all(sizes.map((size) => crypto.subtle.digest('SHA-1', new Uint8Array(size))));
            return [digests.length, new Set(digests.map((d) => new Uint8Array(d).toHex())).size].join();
            """)).ShouldBe("270,270");

    [Fact]
    public async Task DeriveBits_RuntimeEnds_StopsWorking()
    {
        await using var host = await TestHost.StartAsync();
        var runtime = await host.Runtimes.RentAsync(Token);
        var endless = Enumerable.Range(0, Environment.ProcessorCount + 1).Select(_ => runtime.EvaluateTextAsync(Endless, cancellationToken: Token).AsTask()).ToArray();
        await Eventually.HoldsAsync(() => host.Logs.Entries.Count(e => e.Message.Contains("begun", StringComparison.Ordinal)) == endless.Length, () => "not all have begun");
        endless.ShouldAllBe(task => !task.IsCompleted);

        await runtime.DisposeAsync();

        foreach (var task in endless)
        {
            await Should.ThrowAsync<Exception>(task);
        }

        // Were one still at work for each processor, nothing long would ever get its turn in the same group.
        await using var next = await host.Runtimes.RentAsync(Token);
        (await next.EvaluateTextAsync(Long, cancellationToken: Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token)).Text.ShouldBe("private");
    }

    [Fact]
    public async Task DeriveBits_WhileItWorks_TheRuntimeGoesOn()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);
        var endless = runtime.EvaluateTextAsync(Endless, cancellationToken: Token).AsTask();

        (await runtime.EvaluateTextAsync("(async () => (await crypto.subtle.digest('SHA-256', new Uint8Array(3))).byteLength)()", cancellationToken: Token)).Text.ShouldBe("32");

        endless.IsCompleted.ShouldBeFalse();
    }

    private static async Task<string> RunAsync(string body)
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);
        return (await runtime.EvaluateTextAsync($"(async () => {{ {body} }})()", cancellationToken: Token)).Text;
    }
}
