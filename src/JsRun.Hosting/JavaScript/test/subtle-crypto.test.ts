import assert from 'node:assert/strict';
import test from 'node:test';
import v8 from 'node:v8';
import vm from 'node:vm';
import { EntryOp, HostOp, PENDING } from '../src/kernel/ops.ts';
import { CryptoOperation } from '../src/web/crypto/numbers.ts';
import { Runtime, turn } from './runtime.ts';

const helpers = `
  const { subtle } = crypto;
  const nameOf = (promise) => promise.then(() => 'none', (error) => error.name);
  const watched = (members) => { const seen = []; const watch = {}; for (const [name, value] of Object.entries(members)) Object.defineProperty(watch, name, { get() { seen.push(name); return value; } }); return [watch, seen]; };
`;

async function check(body: string, expected: unknown, runtime = new Runtime()): Promise<void> { assert.deepEqual(await runtime.run(helpers + body), expected); }

test('crypto.subtle: mistakes in the arguments reject, in the order of the arguments', () => check(`
  const key = await subtle.importKey('raw', new Uint8Array(16), 'AES-CBC', false, ['encrypt']);
  const symbol = { toString() { throw new RangeError('first'); } };
  return [
    await nameOf(subtle.encrypt()), await nameOf(SubtleCrypto.prototype.encrypt.call({}, 'AES-CBC', key, new Uint8Array(1))), await nameOf(subtle.encrypt(Symbol(), 1, 2)),
    await nameOf(subtle.encrypt('AES-CBC', {}, new Uint8Array(1))), await nameOf(subtle.encrypt('no such', key, 'text')), await nameOf(subtle.encrypt('no such', key, new Uint8Array(1))),
    await nameOf(subtle.importKey(symbol, 1, 2, 3, 4)), await nameOf(subtle.importKey('RAW', new Uint8Array(1), 'HMAC', true, [])), await nameOf(subtle.importKey('raw', 'text', 'no such', true, [])),
    await nameOf(subtle.importKey('raw', {}, 'no such', true, ['fly'])), await nameOf(subtle.importKey('raw', {}, 'no such', true, [])), await nameOf(subtle.importKey('raw', {}, 'AES-CBC', true, [])),
    await nameOf(subtle.digest('SHA-256', new SharedArrayBuffer(1))), await nameOf(subtle.digest('SHA-256', new Uint8Array(new SharedArrayBuffer(1)))),
  ];`,
['TypeError', 'TypeError', 'TypeError', 'TypeError', 'TypeError', 'NotSupportedError', 'RangeError', 'TypeError', 'TypeError', 'TypeError', 'NotSupportedError', 'TypeError', 'TypeError', 'TypeError']));

test('crypto.subtle: an algorithm is read twice by its name, then member by member in alphabetical order', () => check(`
  const key = await subtle.importKey('raw', new Uint8Array(16), 'AES-GCM', false, ['encrypt']);
  const [gcm, first] = watched({ tagLength: 96, iv: new Uint8Array(12), additionalData: new Uint8Array(1), name: 'aes-gcm', length: 1 });
  await subtle.encrypt(gcm, key, new Uint8Array(1));
  const [rsa, second] = watched({ hash: 'SHA-256', publicExponent: new Uint8Array([1]), modulusLength: 2048, name: 'RSA-PSS' });
  const failure = await nameOf(subtle.generateKey(rsa, true, ['sign']));
  const [pbkdf2, third] = watched({ salt: new Uint8Array(1), iterations: 1, hash: 'SHA-1', name: 'PBKDF2' });
  const password = await subtle.importKey('raw', new Uint8Array(0), 'PBKDF2', false, ['deriveBits']);
  await subtle.deriveBits(pbkdf2, password, 8);
  const [none, fourth] = watched({ name: 'HKDF', hash: 'x' });
  await nameOf(subtle.importKey('raw', new Uint8Array(1), none, false, ['deriveBits']));
  return [first, second, failure, third, fourth].map(String);`,
['name,name,additionalData,iv,tagLength', 'name,name,modulusLength,publicExponent,hash', 'OperationError', 'name,name,hash,iterations,salt', 'name']));

test('crypto.subtle: a hash is looked up when all members have been converted', () => check(`
  return [await nameOf(subtle.generateKey({ name: 'HMAC', hash: 'MD5', length: -1 }, true, ['sign'])), await nameOf(subtle.generateKey({ name: 'HMAC', hash: 'MD5', length: 1 }, true, ['sign'])),
    await nameOf(subtle.generateKey({ name: 'HMAC', hash: {} }, true, ['sign'])), await nameOf(subtle.generateKey({ name: 'HMAC' }, true, ['sign'])), await nameOf(subtle.generateKey('HMAC', true, ['sign']))];`,
['TypeError', 'NotSupportedError', 'TypeError', 'TypeError', 'TypeError']));

test('crypto.subtle: names are those of ASCII, in any case', () => check(`
  const key = await subtle.importKey('raw', new Uint8Array(1), 'pbkdf2', false, ['deriveBits']);
  return [key.algorithm.name, await nameOf(subtle.importKey('raw', new Uint8Array(1), 'PB\u212ADF2', false, ['deriveBits'])), await nameOf(subtle.importKey('raw', new Uint8Array(1), '__proto__', false, [])),
    await nameOf(subtle.digest('constructor', new Uint8Array(1)))];`, ['PBKDF2', 'NotSupportedError', 'NotSupportedError', 'NotSupportedError']));

test('crypto.subtle: usages come before parameters, parameters before usages that are missing', () => check(`
  const aes = (length, usages) => nameOf(subtle.generateKey({ name: 'AES-CBC', length }, true, usages));
  const ec = (namedCurve, usages) => nameOf(subtle.generateKey({ name: 'ECDSA', namedCurve }, true, usages));
  return [await aes(1, ['sign']), await aes(1, []), await aes(128, []), await aes(128, ['encrypt', 'encrypt']), await ec('P-1', ['encrypt']), await ec('P-1', []), await ec('P-256', ['verify'])];`,
['SyntaxError', 'OperationError', 'SyntaxError', 'none', 'SyntaxError', 'NotSupportedError', 'SyntaxError']));

test('CryptoKey: shows what it is, and cannot be made, changed or used for more', () => check(`
  const key = await subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, 0, ['verify', 'sign', 'sign']);
  key.usages.push('encrypt'); key.algorithm.name = 'AES-CBC';
  const clone = structuredClone({ key }).key;
  let made = 'none'; try { new CryptoKey(); } catch (e) { made = e.name; }
  return [made, Object.keys(key), JSON.stringify(key), key.type, key.extractable, key.algorithm === key.algorithm, clone !== key && clone instanceof CryptoKey, clone.usages, clone.algorithm,
    await nameOf(subtle.encrypt({ name: 'AES-CBC', iv: new Uint8Array(16) }, key, new Uint8Array(1))), await nameOf(subtle.sign('HMAC', clone, new Uint8Array(1))), await nameOf(subtle.exportKey('raw', clone)),
    await nameOf(subtle.sign('HMAC', { __proto__: CryptoKey.prototype }, new Uint8Array(1)))];`,
['TypeError', [], '{}', 'secret', false, true, true, ['sign', 'verify'], { name: 'HMAC', hash: { name: 'SHA-256' }, length: 512 }, 'InvalidAccessError', 'none', 'InvalidAccessError', 'TypeError']));

test('crypto.subtle: data is taken when it is called, detached buffers have none', async () => {
  const runtime = new Runtime();
  const data: string[] = [];
  runtime.onCrypto = (_args, staged) => { data.push(Buffer.from(staged.subarray(4)).toString()); return 0; };
  await check(`
    const text = new TextEncoder().encode('abcdef');
    const pending = subtle.digest('SHA-1', text.subarray(1, 3)); text.fill(0);
    const view = new DataView(new TextEncoder().encode('view').buffer, 1);
    await Promise.all([pending, subtle.digest('SHA-1', view), subtle.digest({ get name() { text.buffer.transfer(); return 'SHA-1'; } }, text)]);
    return 0;`, 0, runtime);
  assert.deepEqual(data, ['bc', 'iew', '']);
});

test('crypto.subtle: long operations settle later, and operations beyond the limit wait', async () => {
  const runtime = new Runtime();
  const started: number[] = [];
  runtime.onCrypto = ([call]) => { started.push(call!); return PENDING; };
  runtime.evaluate(`var done = 0, failed = ''; for (let i = 0; i < 300; i++) crypto.subtle.digest('SHA-1', new Uint8Array(3)).then(() => { done++; }, (e) => { failed += e.name + ':' + e.message; })`);
  await turn();
  assert.deepEqual([started.length, runtime.evaluate('done')], [256, 0]);
  runtime.enter(EntryOp.CryptoDone, started[0], 0);
  runtime.enter(EntryOp.CryptoDone, started[1], 'OperationError\nIt failed');
  runtime.enter(EntryOp.CryptoDone, 12345, 0);
  await turn();
  assert.deepEqual([started.length, runtime.evaluate('done'), runtime.evaluate('failed')], [258, 1, 'OperationError:It failed']);
  for (let i = 2; i < 300; i++) runtime.enter(EntryOp.CryptoDone, started[i], 0);
  await turn();
  assert.deepEqual([started.length, runtime.evaluate('done')], [300, 299]);
});

test('crypto.subtle: a result larger than the transfer buffer is read in pieces', async () => {
  const runtime = new Runtime();
  const size = 150_000;
  const result = Uint8Array.from({ length: size }, (_, i) => i % 251);
  runtime.onCrypto = (_args, _staged, transfer) => { transfer.set(result.subarray(0, 65536)); return size; };
  let sent = 65536;
  runtime.onCryptoRead = (transfer) => {
    const piece = result.subarray(sent, sent + 65536);
    transfer.set(piece);
    sent += piece.length;
    return piece.length;
  };
  await check(`const bytes = new Uint8Array(await subtle.digest('SHA-1', new Uint8Array(1))); return [bytes.length, bytes.every((b, i) => b === i % 251)];`, [size, true], runtime);
});

test('crypto.subtle: no prototype sees an unwrapped key', async () => {
  const runtime = new Runtime();
  const json = new TextEncoder().encode('{"kty":"oct","k":"c2VjcmV0"}');
  const number = runtime.onCrypto;
  runtime.onCrypto = (args, staged, transfer) => {
    if (args[1] !== CryptoOperation.Decrypt) return number(args, staged, transfer);
    transfer.set(json);
    return json.length;
  };
  await check(`
    const wrapping = await subtle.importKey('raw', new Uint8Array(16), 'AES-CBC', false, ['unwrapKey']);
    let stolen = 'nothing';
    for (const name of ['alg', 'ext', 'use', 'key_ops', 'd']) Object.defineProperty(Object.prototype, name, { get() { stolen = this.k ?? stolen; return undefined; }, configurable: true });
    const key = await subtle.unwrapKey('jwk', new Uint8Array(16), wrapping, { name: 'AES-CBC', iv: new Uint8Array(16) }, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
    return [key.algorithm.length, stolen];`, [48, 'nothing'], runtime);
});

test('crypto.subtle: no prototype sees a derived key', async () => {
  const runtime = new Runtime();
  let keys = 0;
  runtime.onCrypto = ([, operation], _staged, transfer) => {
    transfer.fill(0, 0, 8);
    if (operation === CryptoOperation.DeriveBits) {
      transfer.fill(7, 0, 66);
      return 66;
    }
    transfer[0] = ++keys;
    transfer[4] = ++keys;
    return 8;
  };
  await check(`
    const prototype = Object.getPrototypeOf(Uint8Array.prototype), { get } = Object.getOwnPropertyDescriptor(prototype, 'length');
    let seen = 0;
    Object.defineProperty(prototype, 'length', { get() { if (this[0] === 7) seen++; return get.call(this); } });
    const { publicKey, privateKey } = await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-521' }, false, ['deriveKey']);
    const key = await subtle.deriveKey({ name: 'ECDH', public: publicKey }, privateKey, { name: 'AES-GCM', length: 256 }, false, ['encrypt']);
    return [key.extractable, seen];`, [false, 0], runtime);
});

test('crypto.subtle: the host forgets keys that have been collected', async () => {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  const runtime = new Runtime();
  const make = (count: number, kept: string) => runtime.run(`globalThis.${kept} = []; for (let i = 0; i < ${count}; i++) ${kept}.push(await crypto.subtle.importKey('raw', new Uint8Array(8), 'HKDF', false, ['deriveBits'])); return ${kept}.length;`);
  await make(10, 'kept');
  await make(100, 'dropped');
  runtime.evaluate('dropped = undefined');
  await turn();
  collect();
  await make(100, 'more');
  assert.equal(runtime.releasedKeys.length >= 50, true, `${runtime.releasedKeys.length} released`);
  assert.deepEqual(runtime.releasedKeys.filter((key) => key <= 10 || key > 110), []);
  assert.equal(runtime.calls.filter(([op]) => op === HostOp.CryptoRelease).length, runtime.releasedKeys.length);
});
