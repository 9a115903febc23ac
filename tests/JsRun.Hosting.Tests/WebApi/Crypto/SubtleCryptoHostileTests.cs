namespace JsRun.Hosting.Tests.WebApi.Crypto;

/// <summary>Code that replaces intrinsics gets no key, and no more out of a key than it allows.</summary>
public sealed class SubtleCryptoHostileTests
{
    private const string Begin = """
        const { defineProperty, getPrototypeOf, ownKeys } = Reflect, { then } = Promise.prototype, iterate = Array.prototype[Symbol.iterator], { isView } = ArrayBuffer, subtle = crypto.subtle;
        const seen = [];
        let armed = false, busy = false;
        const note = (value) => {
          if (typeof value !== 'object' || value === null) return;
          if (isView(value) && value.length === 16) seen[seen.length] = 'bytes';
          else if (value instanceof WeakRef) note(value.deref());
          else for (const key of ['handle', 'slots', 'key']) if (key in value) { seen[seen.length] = key; try { value.extractable = true; } catch { } }
        };
        const secret = new Uint8Array(16).fill(7);
        """;

    // Imports, unwraps and derives keys that are not extractable; says whether one can be exported, and what was seen.
    private const string End = """
        const wrapping = await subtle.importKey('raw', new Uint8Array(16).fill(1), 'AES-GCM', false, ['wrapKey', 'unwrapKey']);
        const given = await subtle.importKey('raw', secret, 'AES-CBC', true, ['encrypt']);
        const wrap = { name: 'AES-GCM', iv: new Uint8Array(12) };
        const wrapped = await subtle.wrapKey('jwk', given, wrapping, wrap);
        const base = await subtle.importKey('raw', new Uint8Array(16).fill(3), 'HKDF', false, ['deriveKey']);
        seen.length = 0;
        ATTACK
        const keys = [
          await subtle.importKey('raw', secret.buffer, 'AES-CBC', false, ['encrypt']),
          await subtle.unwrapKey('jwk', wrapped, wrapping, wrap, 'AES-CBC', false, ['encrypt']),
          await subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(4), info: new Uint8Array(4) }, base, { name: 'AES-CBC', length: 128 }, false, ['encrypt']),
        ];
        let exported = 0;
        armed = true;
        for (let i = 0; i < keys.length; i++) {
          keys[i].usages;
          await subtle.exportKey('raw', keys[i]).then(() => { exported++; }, () => {});
          await subtle.decrypt({ name: 'AES-CBC', iv: new Uint8Array(16) }, keys[i], new Uint8Array(16)).catch((e) => { if (e.name !== 'InvalidAccessError') exported++; });
        }
        """;

    [Theory]
    [InlineData("defineProperty(Object.prototype, 'then', { __proto__: null, configurable: true, get() { note(this); } });")]
    [InlineData("for (const name of ['format', 'iterations', 'number', 'other', 'hash']) defineProperty(Object.prototype, name, { __proto__: null, configurable: true, get() { note(this); } });")]
    [InlineData("for (let i = 0; i < 200; i++) defineProperty(Array.prototype, i, { __proto__: null, configurable: true, set(value) { note(value); if (value?.slots) note(value.slots); defineProperty(this, i, { __proto__: null, value, writable: true, enumerable: true, configurable: true }); } });")]
    [InlineData("defineProperty(Promise.prototype, 'constructor', { __proto__: null, configurable: true, get() { if (!busy) { busy = true; then.call(this, note, () => {}); busy = false; } return Promise; } });")]
    [InlineData("defineProperty(Promise.prototype, 'constructor', { __proto__: null, configurable: true, value: class {} }); Promise.prototype.then = function (done, failed) { return then.call(this, (value) => { note(value); done?.(value); }, failed); };")]
    [InlineData("Array.prototype[Symbol.iterator] = function () { for (let i = 0; i < this.length; i++) note(this[i]); if (armed) try { this[this.length] = 'decrypt'; } catch { } return iterate.call(this); };")]
    public async Task Keys_IntrinsicsThatListen_AreNeitherSeenNorGivenMoreRights(string attack)
    {
        await using var app = await FunctionApp.StartAsync();
        var function = await app.HandleAsync(
            $"{End.Replace("ATTACK", attack, StringComparison.Ordinal)} delete Object.prototype.then; return new Response(`${{exported}} ${{seen}}`);",
            top: Begin);

        (await function.GetAsync("/")).ShouldBe("0 ");
    }
}
