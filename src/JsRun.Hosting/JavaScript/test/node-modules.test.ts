// Node's modules as they are bundled (node/), run by Node.js itself, whose own modules say what is right.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import querystring from 'node:querystring';
import test, { after } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import url from 'node:url';
import util from 'node:util';
import { bundleNodeModules } from '../node-modules.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));
const texts = await bundleNodeModules(here, { absWorkingDir: here, bundle: true, platform: 'neutral', target: 'esnext', legalComments: 'none', logLevel: 'warning' });
const folder = mkdtempSync(path.join(os.tmpdir(), 'node-modules-'));
after(() => { rmSync(folder, { recursive: true }); });
const fileOf = (name: string): string => `${name.replace('node:', '').replaceAll('/', '__')}.mjs`;
for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(folder, fileOf(name)), text.replace(/"(node:[^"]+)"/g, (_, asked: string) => JSON.stringify(`./${fileOf(asked)}`)));
writeFileSync(path.join(folder, fileOf('node:jsrun/host')), "export { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'; export const environment = () => ({ KEY: 'value' });");
const load = async (name: string): Promise<any> => await import(pathToFileURL(path.join(folder, fileOf(name))).href) as unknown;

test('each module is there, and each has a default export with all that it exports by name', async () => {
  const names = Object.keys(texts).filter((name) => !name.startsWith('node:jsrun/'));
  assert.ok(names.length > 45);
  for (const name of names) {
    const module = await load(name);
    for (const key of Object.keys(module as object)) if (!['default', 'module.exports'].includes(key)) assert.ok(key in Object(module.default), `${name} ${key}`);
  }
});

test('no text reads what an image has only when it is restored', () => {
  for (const [name, text] of Object.entries(texts)) assert.doesNotMatch(text, /\.(?:toHex|fromHex|toBase64|fromBase64)\s*===?\s*"function"|typeof [^;]{0,40}\.(?:toHex|fromHex)\b/, name);
});

test('buffer', async () => {
  const { Buffer: Own, isUtf8, transcode } = await load('buffer');
  for (const encoding of ['utf8', 'hex', 'base64', 'base64url', 'latin1', 'ascii', 'utf16le'] as const) {
    assert.equal(Own.from('žluťoučký\u0000ÿ').toString(encoding), Buffer.from('žluťoučký\u0000ÿ').toString(encoding), encoding);
    assert.ok(Own.isEncoding(encoding));
    assert.equal(Own.byteLength('68_-', encoding), Buffer.byteLength('68_-', encoding), encoding);
  }
  assert.equal(Own.from('aGk_-w', 'base64url').toString('base64url'), 'aGk_-w');
  const shared = Own.from([1, 2, 3]);
  const part = shared.subarray(1);
  part[0] = 9;
  assert.deepEqual([...shared], [1, 9, 3]);
  assert.ok(Own.isBuffer(part) && Own.isBuffer(part.slice(0)) && part instanceof Uint8Array);
  assert.equal(Own.concat([Own.from('a'), Own.alloc(2, 'b')]).toString(), 'abb');
  assert.deepEqual([isUtf8(new Uint8Array([0xff])), transcode(Own.from('ÿ'), 'utf8', 'latin1').length], [false, 1]);
});

test('events', async () => {
  const { default: EventEmitter, once, on, errorMonitor } = await load('events');
  const emitter = new EventEmitter();
  const seen: string[] = [];
  emitter.on(errorMonitor, () => { seen.push('monitor'); });
  assert.throws(() => emitter.emit('error', new Error('x')), /x/);
  emitter.on('error', () => { seen.push('error'); });
  emitter.emit('error', 1);
  assert.deepEqual(seen, ['monitor', 'monitor', 'error']);
  const next = once(emitter, 'value');
  emitter.emit('value', 1, 2);
  assert.deepEqual(await next, [1, 2]);
  const values = on(emitter, 'item');
  emitter.emit('item', 1);
  assert.deepEqual(await values.next(), { value: [1], done: false });
  function Old(this: unknown) { EventEmitter.call(this); }
  (await load('util')).inherits(Old, EventEmitter);
  assert.equal(new (Old as any)().on('a', () => { seen.push('old'); }).emit('a'), true);
});

test('util', async () => {
  const { inspect, format, promisify, types, isDeepStrictEqual, callbackify } = await load('util');
  for (const value of [{ a: [1, new Map([[1, { b: 2 }]])], s: Symbol('x') }, [undefined, null, 1n, -0], new Set(['a']), /a/g, () => 1, class A {}]) assert.equal(inspect(value), util.inspect(value));
  for (const args of [['%s %d %i %j %o', 'a', 1.5, 2.5, { a: 1 }, [1]], ['%%', 1], [{ a: 1 }, 'b']]) assert.equal(format(...args), util.format(...args));
  assert.equal(await promisify((value: number, done: (e: null, v: number) => void) => { done(null, value); })(3), 3);
  assert.equal(await new Promise((resolve) => { callbackify(async () => 4)((_: unknown, value: number) => { resolve(value); }); }), 4);
  assert.deepEqual([isDeepStrictEqual({ a: [1] }, { a: [1] }), isDeepStrictEqual({ a: 1 }, { a: '1' })], [true, false]);
  for (const value of [new Map(), new Set(), new Date(), /a/, Promise.resolve(), new Uint8Array(1), new DataView(new ArrayBuffer(1)), new ArrayBuffer(1), new Error('x'), Object(1), Object('a'), [].values(), new Map().keys(), (function* () {})(), async () => {}, {}, null, 1]) {
    for (const name of ['isMap', 'isSet', 'isDate', 'isRegExp', 'isPromise', 'isTypedArray', 'isUint8Array', 'isDataView', 'isArrayBuffer', 'isAnyArrayBuffer', 'isNativeError', 'isBoxedPrimitive', 'isNumberObject', 'isStringObject', 'isMapIterator', 'isGeneratorObject', 'isAsyncFunction', 'isGeneratorFunction'] as const) {
      assert.equal(types[name](value), util.types[name](value), `${name} ${util.inspect(value)}`);
    }
  }
});

test('stream', async () => {
  const { default: Stream, Readable, Transform, Writable, promises, PassThrough } = await load('stream');
  let written = '';
  await promises.pipeline(Readable.from(['a', 'b']), new Transform({ transform(chunk: unknown, _: unknown, done: (e: null, v: string) => void) { done(null, String(chunk).toUpperCase()); } }), new Writable({ write(chunk: unknown, _: unknown, done: () => void) { written += String(chunk); done(); } }));
  assert.equal(written, 'AB');
  assert.ok(new PassThrough() instanceof Stream);
  assert.equal(await new Response(Readable.toWeb(Readable.from([Buffer.from('x'), Buffer.from('y')], { objectMode: false })) as ReadableStream).text(), 'xy');
  assert.equal(await (await load('stream/consumers')).text(Readable.fromWeb(new Response('hello').body)), 'hello');
  await assert.rejects(promises.pipeline(Readable.from(['a']), new Writable({ write(_: unknown, __: unknown, done: (e: Error) => void) { done(new Error('full')); } })), /full/);
});

test('crypto', async () => {
  const own = await load('crypto');
  for (const name of ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-256', 'sha3-256', 'ripemd160', 'SHA256', 'RSA-SHA256']) {
    assert.equal(own.createHash(name).update('a').update(Buffer.from([1, 255])).digest('hex'), crypto.createHash(name).update('a').update(Buffer.from([1, 255])).digest('hex'), name);
  }
  assert.equal(own.createHmac('sha256', 'key').update('ž').digest('base64url'), crypto.createHmac('sha256', 'key').update('ž').digest('base64url'));
  assert.equal(own.createHmac('sha512', own.createSecretKey(Buffer.from('key'))).update('a').digest('hex'), crypto.createHmac('sha512', 'key').update('a').digest('hex'));
  assert.equal(own.pbkdf2Sync('p', 's', 10, 40, 'sha1').toString('hex'), crypto.pbkdf2Sync('p', 's', 10, 40, 'sha1').toString('hex'));
  assert.equal(own.scryptSync('p', 's', 32, { N: 1024 }).toString('hex'), crypto.scryptSync('p', 's', 32, { N: 1024 }).toString('hex'));
  assert.deepEqual(own.hkdfSync('sha256', 'k', 's', 'i', 40), crypto.hkdfSync('sha256', 'k', 's', 'i', 40));
  assert.deepEqual([own.timingSafeEqual(Buffer.from('a'), Buffer.from('a')), own.timingSafeEqual(Buffer.from('a'), Buffer.from('b'))], [true, false]);
  assert.throws(() => own.timingSafeEqual(Buffer.from('a'), Buffer.from('ab')), RangeError);
  assert.throws(() => own.createHash('nothing'), /Invalid digest/);
  const hash = own.createHash('sha1');
  hash.digest();
  assert.throws(() => hash.update('a'), { code: 'ERR_CRYPTO_HASH_FINALIZED' });
  assert.throws(() => own.createSign('sha256'), { code: 'ERR_METHOD_NOT_IMPLEMENTED' });
  for (let i = 0; i < 50; i++) assert.ok([5, 6].includes(own.randomInt(5, 7) as number));
  const large = own.randomBytes(70_000);
  assert.ok(large.subarray(65_536).some((byte: number) => byte !== 0) && large.length === 70_000);
  assert.equal((await new Promise<Buffer>((resolve) => { own.randomBytes(8, (_: unknown, bytes: Buffer) => { resolve(bytes); }); })).length, 8);
});

test('querystring and url', async () => {
  const own = await load('querystring');
  for (const text of ['a=1&a=2&b=%20+', 'x', '=y', 'a=%E4%BD%A0&b=%zz', '']) assert.deepEqual({ ...own.parse(text) }, { ...querystring.parse(text) }, text);
  assert.equal(own.stringify({ a: ['b c', 1], d: true, e: null }), querystring.stringify({ a: ['b c', 1], d: true, e: null }));
  const legacy = await load('url');
  for (const text of ['http://u:p@a.b:8/c/d?e=1#f', '/path?x', 'mailto:a@b', '//host/p']) assert.equal(legacy.parse(text).href, url.parse(text).href);
  assert.equal(legacy.parse('http://a/?b=1', true).query.b, '1');
  assert.equal(legacy.resolve('http://a/b/c', '../d'), url.resolve('http://a/b/c', '../d'));
  assert.equal(legacy.fileURLToPath('file:///a%20b'), '/a b');
  assert.equal(String(legacy.pathToFileURL('/a b#c%')), String(url.pathToFileURL('/a b#c%')));
});

test('string_decoder, assert, timers', async () => {
  const { StringDecoder } = await load('string_decoder');
  const decoder = new StringDecoder('utf8');
  assert.equal(decoder.write(Buffer.from([0xe2, 0x82])) + decoder.write(new Uint8Array([0xac])) + decoder.end(), '€');
  const own = (await load('assert')).default;
  own(1);
  own.deepStrictEqual({ a: [1] }, { a: [1] });
  assert.throws(() => own.deepStrictEqual({ a: 1 }, { a: 2 }), { code: 'ERR_ASSERTION' });
  own.throws(() => { throw new TypeError('x'); }, TypeError);
  await own.rejects(Promise.reject(new Error('q')), /q/);
  const { setTimeout: start, clearTimeout: stop, promises } = await load('timers');
  const timer = start(() => { assert.fail('it was cleared'); }, 0);
  assert.deepEqual([timer.unref() === timer, timer.hasRef(), timer.ref().hasRef()], [true, false, true]);
  stop(timer);
  assert.equal(await promises.setTimeout(0, 5), 5);
  await assert.rejects(promises.setTimeout(1000, 5, { signal: AbortSignal.abort() }), { name: 'AbortError' });
});

test('process has the strings of the function, and nothing of the host', async () => {
  const own = (await load('process')).default;
  assert.equal(own.env.KEY, 'value');
  own.env.OTHER = 1;
  assert.deepEqual([own.env.OTHER, Object.keys(own.env as object).sort(), 'PATH' in own.env, own.cwd(), own.pid], ['1', ['KEY', 'OTHER'], false, '/', 1]);
  const seen: number[] = [];
  own.nextTick((value: number) => { seen.push(value); }, 1);
  queueMicrotask(() => { seen.push(2); });
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual(seen, [1, 2]);
  assert.throws(() => own.exit(1), /cannot end its process/);
  assert.throws(() => own.memoryUsage(), { code: 'ERR_METHOD_NOT_IMPLEMENTED' });
});

test('the file system is empty, and what needs a process, a thread or a socket says so when it is used', async () => {
  const own = (await load('fs')).default;
  assert.ok(existsSync('/etc/passwd') && !own.existsSync('/etc/passwd'));
  assert.throws(() => own.readFileSync('/etc/passwd'), { code: 'ENOENT', syscall: 'open' });
  await assert.rejects(own.promises.writeFile('/tmp/x', ''), { code: 'EROFS' });
  await assert.rejects((await load('stream/consumers')).text(own.createReadStream('/etc/passwd')), { code: 'ENOENT' });
  for (const [name, member] of [['child_process', 'spawn'], ['worker_threads', 'Worker'], ['vm', 'runInThisContext'], ['tls', 'connect'], ['dns', 'lookup'], ['net', 'connect']] as const) {
    assert.throws(() => modules[name][member](), { code: 'ERR_METHOD_NOT_IMPLEMENTED' }, name);
  }
  class Sub extends (await load('net')).Socket {}
  assert.throws(() => new Sub(), { code: 'ERR_METHOD_NOT_IMPLEMENTED' });
  const { isIP } = await load('net');
  assert.deepEqual(['1.2.3.4', '1.2.3', '256.1.1.1', '::1', 'fe80::1%eth0', '1::2::3', 'a'].map(isIP), [4, 0, 0, 6, 6, 0, 0]);
});

const modules: Record<string, any> = {};
for (const name of ['child_process', 'worker_threads', 'vm', 'tls', 'dns', 'net']) modules[name] = await load(name);

test('they load where built-in methods are accessors, as in a hardened context', () => {
  const script = `for (const holder of [Array.prototype, Map.prototype, Set.prototype, String.prototype, RegExp.prototype, Date.prototype, Error.prototype, Promise.prototype, Object.prototype, Function.prototype, Object.getPrototypeOf(Uint8Array.prototype)]) {
    for (const key of ['map', 'slice', 'push', 'toString', 'join', 'has', 'then', 'exec', 'test', 'call', 'name', 'message', 'toISOString', 'hasOwnProperty', 'set', 'get', 'fill']) {
      const { value, writable } = Object.getOwnPropertyDescriptor(holder, key) ?? {};
      if (writable) Object.defineProperty(holder, key, { get: () => value, set(given) { Object.defineProperty(this, key, { value: given, writable: true, enumerable: true, configurable: true }); }, configurable: true });
    }
  }
  for (const name of ${JSON.stringify(['util', 'stream', 'crypto', 'url', 'assert', 'process', 'fs'].map((name) => pathToFileURL(path.join(folder, fileOf(name))).href))}) await import(name);
  const { inspect } = (await import(${JSON.stringify(pathToFileURL(path.join(folder, fileOf('util'))).href)}));
  process.stdout.write(inspect({ a: [1, new Map([[1, 2]])] }));`;
  assert.equal(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }), util.inspect({ a: [1, new Map([[1, 2]])] }));
});
