using JsRun.Runtimes;

namespace JsRun.Hosting.Tests.WebApi.Crypto;

/// <summary>Known answers, through the product: both surfaces, what crosses included.</summary>
public sealed class SubtleCryptoTests(SharedFunctionApp shared) : IClassFixture<SharedFunctionApp>
{
    private const string Helpers = """
        const { subtle } = crypto;
        const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (b) => parseInt(b, 16));
        const hex = (buffer) => Array.from(new Uint8Array(buffer), (b) => b.toString(16).padStart(2, '0')).join('');
        const text = (s) => new TextEncoder().encode(s);
        const url = (hex) => btoa(String.fromCharCode(...bytes(hex))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // FIPS 180-4, examples: "abc" and the empty message.
    [Theory]
    [InlineData("SHA-1", "abc", "a9993e364706816aba3e25717850c26c9cd0d89d")]
    [InlineData("sha-256", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("SHA-256", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("SHA-384", "abc", "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7")]
    [InlineData("SHA-512", "abc", "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")]
    public Task Digest_KnownMessage_GivesKnownHash(string hash, string message, string expected) =>
        CheckAsync($"return hex(await subtle.digest('{hash}', text('{message}')));", expected);

    // RFC 4231, test case 2.
    [Theory]
    [InlineData("SHA-256", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData("SHA-512", "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737")]
    public Task Sign_Hmac_GivesKnownCode(string hash, string expected) => CheckAsync(
        $$"""
        const key = await subtle.importKey('raw', text('Jefe'), { name: 'HMAC', hash: '{{hash}}' }, false, ['sign', 'verify']);
        const code = await subtle.sign('HMAC', key, text('what do ya want for nothing?'));
        return [hex(code), await subtle.verify('HMAC', key, code, text('what do ya want for nothing?')), await subtle.verify('HMAC', key, code, text('nothing'))].join();
        """,
        $"{expected},true,false");

    // NIST SP 800-38A, F.2.1 (CBC-AES128, first block) and F.5.1 (CTR-AES128, first two blocks).
    [Fact]
    public Task Encrypt_AesCbc_BeginsWithKnownBlock() => CheckAsync(
        """
        const key = await subtle.importKey('raw', bytes('2b7e151628aed2a6abf7158809cf4f3c'), 'AES-CBC', false, ['encrypt', 'decrypt']);
        const algorithm = { name: 'AES-CBC', iv: bytes('000102030405060708090a0b0c0d0e0f') };
        const encrypted = await subtle.encrypt(algorithm, key, bytes('6bc1bee22e409f96e93d7e117393172a'));
        return [hex(encrypted).slice(0, 32), encrypted.byteLength, hex(await subtle.decrypt(algorithm, key, encrypted))].join();
        """,
        "7649abac8119b246cee98e9b12e9197d,32,6bc1bee22e409f96e93d7e117393172a");

    [Fact]
    public Task Encrypt_AesCtr_GivesKnownBlocks() => CheckAsync(
        """
        const key = await subtle.importKey('raw', bytes('2b7e151628aed2a6abf7158809cf4f3c'), 'AES-CTR', false, ['encrypt']);
        const algorithm = { name: 'AES-CTR', counter: bytes('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'), length: 128 };
        return hex(await subtle.encrypt(algorithm, key, bytes('6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51')));
        """,
        "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff");

    // The GCM specification's (McGrew, Viega) test cases 4 and 6: an initialisation vector of 96 bits, the platform's, and one of 480, Bouncy Castle's.
    [Theory]
    [InlineData(
        "cafebabefacedbaddecaf888",
        "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47")]
    [InlineData(
        "9313225df88406e555909c5aff5269aa6a7a9538534f7da1e4c303d2a318a728c3c0c95156809539fcf0e2429a6b525416aedbf5a0de6a57a637b39b",
        "8ce24998625615b603a033aca13fb894be9112a5c3a211a8ba262a3cca7e2ca701e4a9a4fba43c90ccdcb281d48c7c6fd62875d2aca417034c34aee5619cc5aefffe0bfa462af43c1699d050")]
    public Task Encrypt_AesGcm_GivesKnownText(string vector, string expected) => CheckAsync(
        $$"""
        const key = await subtle.importKey('raw', bytes('feffe9928665731c6d6a8f9467308308'), 'AES-GCM', false, ['encrypt', 'decrypt']);
        const algorithm = { name: 'AES-GCM', iv: bytes('{{vector}}'), additionalData: bytes('feedfacedeadbeeffeedfacedeadbeefabaddad2'), tagLength: 128 };
        const plain = bytes('d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39');
        const encrypted = await subtle.encrypt(algorithm, key, plain);
        const changed = new Uint8Array(encrypted.slice(0));
        changed[0] ^= 1;
        const failure = await subtle.decrypt(algorithm, key, changed).catch((e) => e.name);
        return [hex(encrypted) === '{{expected}}' || hex(encrypted), hex(await subtle.decrypt(algorithm, key, encrypted)) === hex(plain), failure].join();
        """,
        "true,true,OperationError");

    // RFC 3394, 4.1.
    [Fact]
    public Task WrapKey_AesKw_GivesKnownBytes() => CheckAsync(
        """
        const wrapping = await subtle.importKey('raw', bytes('000102030405060708090a0b0c0d0e0f'), 'AES-KW', false, ['wrapKey', 'unwrapKey']);
        const key = await subtle.importKey('raw', bytes('00112233445566778899aabbccddeeff'), 'AES-CBC', true, ['encrypt']);
        const wrapped = await subtle.wrapKey('raw', key, wrapping, 'AES-KW');
        const unwrapped = await subtle.unwrapKey('raw', wrapped, wrapping, 'AES-KW', 'AES-CBC', true, ['encrypt']);
        return [hex(wrapped), hex(await subtle.exportKey('raw', unwrapped))].join();
        """,
        "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5,00112233445566778899aabbccddeeff");

    // RFC 5869, A.1.
    [Fact]
    public Task DeriveBits_Hkdf_GivesKnownBytes() => CheckAsync(
        """
        const key = await subtle.importKey('raw', bytes('0b'.repeat(22)), 'HKDF', false, ['deriveBits']);
        return hex(await subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: bytes('000102030405060708090a0b0c'), info: bytes('f0f1f2f3f4f5f6f7f8f9') }, key, 42 * 8));
        """,
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");

    // RFC 6070 (SHA-1) and RFC 7914, 11 (SHA-256): few iterations are done at once, many elsewhere.
    [Theory]
    [InlineData("SHA-1", "password", "salt", 2, 160, "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957")]
    [InlineData("SHA-1", "password", "salt", 4096, 160, "4b007901b765489abead49d926f721d065a429c1")]
    [InlineData("SHA-1", "passwordPASSWORDpassword", "saltSALTsaltSALTsaltSALTsaltSALTsalt", 4096, 200, "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038")]
    [InlineData("SHA-256", "passwd", "salt", 1, 512, "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783")]
    public Task DeriveBits_Pbkdf2_GivesKnownBytes(string hash, string password, string salt, int iterations, int bits, string expected) => CheckAsync(
        $$"""
        const key = await subtle.importKey('raw', text('{{password}}'), 'PBKDF2', false, ['deriveBits']);
        return hex(await subtle.deriveBits({ name: 'PBKDF2', hash: '{{hash}}', salt: text('{{salt}}'), iterations: {{iterations}} }, key, {{bits}}));
        """,
        expected);

    // RFC 8032, 7.1, test 2.
    [Fact]
    public Task Sign_Ed25519_GivesKnownSignature() => CheckAsync(
        """
        const [d, x] = [url('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'), url('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')];
        const privateKey = await subtle.importKey('jwk', { kty: 'OKP', crv: 'Ed25519', d, x }, 'Ed25519', false, ['sign']);
        const publicKey = await subtle.importKey('jwk', { kty: 'OKP', crv: 'Ed25519', x }, 'Ed25519', false, ['verify']);
        const signature = await subtle.sign('Ed25519', privateKey, bytes('72'));
        return [hex(signature), await subtle.verify('Ed25519', publicKey, signature, bytes('72')), await subtle.verify('Ed25519', publicKey, signature, bytes('73'))].join();
        """,
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00,true,false");

    // RFC 8032, 7.4, "1 octet", without and with a context.
    [Theory]
    [InlineData("", "26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f4352541b143c4b981b7e18f62de8ccdf633fc1bf037ab7cd779805e0dbcc0aae1cbcee1afb2e027df36bc04dcecbf154336c19f0af7e0a6472905e799f1953d2a0ff3348ab21aa4adafd1d234441cf807c03a00")]
    [InlineData("666f6f", "d4f8f6131770dd46f40867d6fd5d5055de43541f8c5e35abbcd001b32a89f7d2151f7647f11d8ca2ae279fb842d607217fce6e042f6815ea000c85741de5c8da1144a6a1aba7f96de42505d7a7298524fda538fccbbb754f578c1cad10d54d0d5428407e85dcbc98a49155c13764e66c3c00")]
    public Task Sign_Ed448_GivesKnownSignature(string context, string expected) => CheckAsync(
        $$"""
        const d = url('c4eab05d357007c632f3dbb48489924d552b08fe0c353a0d4a1f00acda2c463afbea67c5e8d2877c5e3bc397a659949ef8021e954e0a12274e');
        const x = url('43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c0866aea01eb00742802b8438ea4cb82169c235160627b4c3a9480');
        const privateKey = await subtle.importKey('jwk', { kty: 'OKP', crv: 'Ed448', d, x }, 'Ed448', false, ['sign']);
        const publicKey = await subtle.importKey('jwk', { kty: 'OKP', crv: 'Ed448', x }, 'Ed448', false, ['verify']);
        const algorithm = { name: 'Ed448', context: bytes('{{context}}') };
        const signature = await subtle.sign(algorithm, privateKey, bytes('03'));
        const other = { name: 'Ed448', context: bytes('01') };
        return [hex(signature), await subtle.verify(algorithm, publicKey, signature, bytes('03')), await subtle.verify(other, publicKey, signature, bytes('03'))].join();
        """,
        $"{expected},true,false");

    // RFC 7748, 6.1.
    [Fact]
    public Task DeriveBits_X25519_GivesKnownSecret() => CheckAsync(
        """
        const [d, x] = [url('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb'), url('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f')];
        const mine = await subtle.importKey('jwk', { kty: 'OKP', crv: 'X25519', d, x }, 'X25519', false, ['deriveBits']);
        const theirs = await subtle.importKey('raw', bytes('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a'), 'X25519', false, []);
        return hex(await subtle.deriveBits({ name: 'X25519', public: theirs }, mine, 256));
        """,
        "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");

    // RFC 6979, A.2.5, "sample" with SHA-256; the point also compressed.
    [Theory]
    [InlineData("0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299")]
    [InlineData("0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6")]
    public Task Verify_Ecdsa_KnowsKnownSignature(string point) => CheckAsync(
        $$"""
        const key = await subtle.importKey('raw', bytes('{{point}}'), { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']);
        const signature = bytes('efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8');
        const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
        return [await subtle.verify(algorithm, key, signature, text('sample')), await subtle.verify(algorithm, key, signature, text('simple')), (await subtle.exportKey('raw', key)).byteLength].join();
        """,
        "true,false,65");

    // RFC 5903, 8.1.
    [Fact]
    public Task DeriveBits_Ecdh_GivesKnownSecret() => CheckAsync(
        """
        const algorithm = { name: 'ECDH', namedCurve: 'P-256' };
        const mine = await subtle.importKey('jwk', {
          kty: 'EC', crv: 'P-256', d: url('c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433'),
          x: url('dad0b65394221cf9b051e1feca5787d098dfe637fc90b9ef945d0c3772581180'), y: url('5271a0461cdb8252d61f1c456fa3e59ab1f45b33accf5f58389e0577b8990bb3'),
        }, algorithm, false, ['deriveBits']);
        const theirs = await subtle.importKey('raw',
          bytes('04d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf6356fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f33039872ab'), algorithm, false, []);
        return hex(await subtle.deriveBits({ name: 'ECDH', public: theirs }, mine, null));
        """,
        "d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de");

    private async Task CheckAsync(string body, string expected)
    {
        foreach (var surface in Enum.GetValues<JsSurface>())
        {
            await using var runtime = await shared.App.Host.Runtimes.CreateAsync(new JsRuntimeOptions { Surface = surface }, Token);

            (await runtime.EvaluateTextAsync($"(async () => {{ {Helpers}\n{body} }})()", cancellationToken: Token)).Text.ShouldBe(expected);
        }
    }
}
