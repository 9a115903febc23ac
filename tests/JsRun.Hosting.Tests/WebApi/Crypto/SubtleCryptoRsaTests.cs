using System.Security.Cryptography;
using JsRun.Runtimes;

namespace JsRun.Hosting.Tests.WebApi.Crypto;

/// <summary>RSA in both directions with the platform's own, and what only Bouncy Castle has with itself.</summary>
public sealed class SubtleCryptoRsaTests(SharedFunctionApp shared) : IClassFixture<SharedFunctionApp>
{
    private static readonly byte[] Message = "a message"u8.ToArray();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("RSASSA-PKCS1-v1_5", "")]
    [InlineData("RSA-PSS", ", saltLength: 32")]
    public async Task Sign_KeyOfThePlatform_IsVerifiedByThePlatform(string name, string more)
    {
        using var rsa = RSA.Create(2048);
        var padding = more.Length == 0 ? RSASignaturePadding.Pkcs1 : RSASignaturePadding.Pss;

        var signature = await RunAsync(
            $$"""
            const key = await crypto.subtle.importKey('pkcs8', bytes('{{Convert.ToBase64String(rsa.ExportPkcs8PrivateKey())}}'), { name: '{{name}}', hash: 'SHA-256' }, true, ['sign']);
            return base64(await crypto.subtle.sign({ name: '{{name}}'{{more}} }, key, new TextEncoder().encode('a message')));
            """);

        rsa.VerifyData(Message, Convert.FromBase64String(signature), HashAlgorithmName.SHA256, padding).ShouldBeTrue();
    }

    [Theory]
    [InlineData("RSASSA-PKCS1-v1_5", "")]
    [InlineData("RSA-PSS", ", saltLength: 32")]
    public async Task Verify_SignatureOfThePlatform_IsKnownAndNoOther(string name, string more)
    {
        using var rsa = RSA.Create(2048);
        var signature = rsa.SignData(Message, HashAlgorithmName.SHA256, more.Length == 0 ? RSASignaturePadding.Pkcs1 : RSASignaturePadding.Pss);

        (await RunAsync(
            $$"""
            const key = await crypto.subtle.importKey('spki', bytes('{{Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())}}'), { name: '{{name}}', hash: 'SHA-256' }, true, ['verify']);
            const check = (signature, message) => crypto.subtle.verify({ name: '{{name}}'{{more}} }, key, signature, new TextEncoder().encode(message));
            const signature = bytes('{{Convert.ToBase64String(signature)}}');
            return [await check(signature, 'a message'), await check(signature, 'another'), await check(signature.slice(1), 'a message'), await check(new Uint8Array(256).fill(255), 'a message')].join();
            """)).ShouldBe("true,false,false,false");
    }

    [Fact]
    public async Task Encrypt_Oaep_IsDecryptedByThePlatform()
    {
        using var rsa = RSA.Create(2048);

        var encrypted = await RunAsync(
            $$"""
            const key = await crypto.subtle.importKey('spki', bytes('{{Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())}}'), { name: 'RSA-OAEP', hash: 'SHA-256' }, true, ['encrypt']);
            return base64(await crypto.subtle.encrypt('RSA-OAEP', key, new TextEncoder().encode('a message')));
            """);

        rsa.Decrypt(Convert.FromBase64String(encrypted), RSAEncryptionPadding.OaepSHA256).ShouldBe(Message);
    }

    [Fact]
    public async Task Operations_BeyondThePlatform_FitEachOther() =>
        (await RunAsync(
            """
            const { subtle } = crypto;
            const data = new TextEncoder().encode('a message');
            const three = { hash: 'SHA-256', modulusLength: 1024, publicExponent: new Uint8Array([3]) };
            const pss = await subtle.generateKey({ name: 'RSA-PSS', ...three }, true, ['sign', 'verify']);
            const salted = { name: 'RSA-PSS', saltLength: 7 };
            const signature = await subtle.sign(salted, pss.privateKey, data);
            const oaep = await subtle.generateKey({ name: 'RSA-OAEP', ...three }, true, ['encrypt', 'decrypt']);
            const labelled = { name: 'RSA-OAEP', label: new Uint8Array([1, 2, 3]) };
            const encrypted = await subtle.encrypt(labelled, oaep.publicKey, data);
            return [
              (await subtle.exportKey('jwk', pss.publicKey)).e, await subtle.verify(salted, pss.publicKey, signature, data), await subtle.verify({ ...salted, saltLength: 8 }, pss.publicKey, signature, data),
              new TextDecoder().decode(await subtle.decrypt(labelled, oaep.privateKey, encrypted)), await subtle.decrypt('RSA-OAEP', oaep.privateKey, encrypted).catch((e) => e.name),
              await subtle.sign({ ...salted, saltLength: 200 }, pss.privateKey, data).catch((e) => e.name),
            ].join();
            """)).ShouldBe("Aw,true,false,a message,OperationError,OperationError");

    [Theory]
    [InlineData("spki", "publicKey", "verify")]
    [InlineData("pkcs8", "privateKey", "sign")]
    [InlineData("jwk", "publicKey", "verify")]
    [InlineData("jwk", "privateKey", "sign")]
    public async Task ExportKey_ImportedAgain_IsTheSame(string format, string half, string usage) =>
        (await RunAsync(
            $$"""
            const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) };
            const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
            const show = (exported) => exported instanceof ArrayBuffer ? base64(exported) : JSON.stringify(exported);
            const first = await crypto.subtle.exportKey('{{format}}', pair.{{half}});
            const again = await crypto.subtle.importKey('{{format}}', first, algorithm, true, ['{{usage}}']);
            return [show(await crypto.subtle.exportKey('{{format}}', again)) === show(first), again.algorithm.modulusLength, again.algorithm.publicExponent.join('.'), again.algorithm.hash.name].join();
            """)).ShouldBe("true,1024,1.0.1,SHA-512");

    private async Task<string> RunAsync(string body)
    {
        await using var runtime = await shared.App.Host.Runtimes.CreateAsync(cancellationToken: Token);
        var result = await runtime.EvaluateTextAsync(
            $$"""
            (async () => {
              const bytes = (text) => Uint8Array.fromBase64(text);
              const base64 = (buffer) => new Uint8Array(buffer).toBase64();
              {{body}}
            })()
            """,
            cancellationToken: Token);
        return result.Text;
    }
}
