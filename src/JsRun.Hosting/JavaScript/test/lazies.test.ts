// The lazy globals, as an image has them. Getters stand for V8's lazy data properties here; the tests of the engine test those.
import assert from 'node:assert/strict';
import test from 'node:test';
import vm from 'node:vm';
import { EntryOp, HostOp } from '../src/kernel/ops.ts';
import { compile } from '../src/compiler/compile.ts';
import { bundle, type Enter, tables, turn } from './runtime.ts';

type Lazies = [make: ((name: string) => unknown) | number, interfaces: string, members: string];

const settings = (surface: string): string => JSON.stringify({ surface, env: {}, maxTimers: 100, maxConsoleBytes: 100_000, maxWasmBytes: 1 << 20, maxValueDepth: 100, maxValueBytes: 1 << 20 });

class World {
  readonly context = vm.createContext({});
  readonly made: string[] = [];
  readonly calls: unknown[][] = [];
  readonly enter: Enter;
  readonly names: string[];
  #transfer: Uint8Array | undefined;
  onHost: (op: HostOp, args: any[], transfer: Uint8Array | undefined) => unknown = () => undefined;

  constructor(lazy: boolean, surface = 'Full') {
    bundle.runInContext(this.context);
    const lazies = this.run('__jsrun.lazies') as Lazies;
    this.names = `${lazies[1]} ${lazies[2]}`.split(' ');
    if (lazy) {
      for (const name of lazies[1].split(' ')) this.#define(name, lazies, false);
      for (const name of lazies[2].split(' ')) this.#define(name, lazies, true);
      lazies[0] = 0;
    }
    const take = this.run('(() => { const take = this.__jsrun; delete this.__jsrun; return take; })()') as (host: unknown) => Enter;
    this.enter = take((op: HostOp, ...args: unknown[]) => {
      this.calls.push([op, ...args]);
      if (op === HostOp.Transfer) this.#transfer = args[0] as Uint8Array;
      return op === HostOp.Table ? tables[args[0] as string] : op === HostOp.Now ? 0 : this.onHost(op, args, this.#transfer);
    });
    this.enter(EntryOp.Configure, settings(surface));
  }

  run(code: string): unknown { return vm.runInContext(code, this.context); }

  // As the engine does it: made once, and then a data property in the same place.
  #define(name: string, [make]: Lazies, enumerable: boolean): void {
    const global = this.run('globalThis') as object;
    const become = (value: unknown) => { Object.defineProperty(global, name, { value, writable: true, enumerable, configurable: true }); };
    Object.defineProperty(global, name, {
      get: () => {
        const value = (make as (name: string) => unknown)(name);
        this.made.push(name);
        become(value);
        return value;
      },
      set: become,
      enumerable,
      configurable: true,
    });
  }
}

const describe = (world: World) => world.run("JSON.stringify(Object.entries(Object.getOwnPropertyDescriptors(globalThis)).map(([name, { writable, enumerable, configurable, value }]) => [name, writable ?? null, enumerable, configurable, typeof value, value?.name ?? null]).sort())");

test('nothing is made before it is used', () => {
  const world = new World(true);
  assert.equal(world.names.length, 63);
  assert.deepEqual(world.made, []);
  assert.equal(world.run('Object.getOwnPropertyNames(globalThis).sort().join()'), new World(false).run('Object.getOwnPropertyNames(globalThis).sort().join()'));
});

for (const surface of ['Full', 'Contained']) {
  test(`every global is the same, made at once or when it is used: ${surface}`, () => {
    const lazy = new World(true, surface);
    for (const name of lazy.names) lazy.run(`globalThis[${JSON.stringify(name)}]`);
    assert.equal(lazy.made.length, lazy.names.length);
    assert.equal(describe(lazy), describe(new World(false, surface)));
  });
}

test('each can be the first', () => {
  for (const name of new World(true).names) {
    const world = new World(true);
    const before = world.calls.length;
    assert.notEqual(world.run(`typeof ${name}`), 'undefined', name);
    assert.equal(world.run(`${name} === globalThis[${JSON.stringify(name)}]`), true, name);
    assert.deepEqual(world.made, [name]);
    // No clock, no chance, nothing of the host's.
    assert.equal(world.calls.length, before, name);
  }
});

test('a response of text makes nothing', async () => {
  const world = new World(true);
  assert.equal(await world.run("new Response('text', { status: 201 }).text()"), 'text');
  assert.equal(await world.run("new Request('http://a/b', { method: 'POST', body: 'c' }).text()"), 'c');
  assert.deepEqual(world.made, []);
});

test('an assignment before the first use stays, and so does a deletion', () => {
  const world = new World(true);
  assert.equal(world.run('globalThis.URLPattern = 1; URLPattern'), 1);
  assert.equal(world.run('delete globalThis.Blob; typeof Blob'), 'undefined');
  assert.deepEqual(world.made, []);
});

test('a chunk whose evaluation was interrupted is evaluated again', () => {
  const world = new World(true);
  // Whatever depth of the stack is left when it is made, it is made whole or not at all.
  assert.equal(world.run(`(() => {
    let least = 0;
    const dive = (left) => { if (left > 0) return dive(left - 1); return new URL('http://a/b?c').searchParams.get('c'); };
    for (let depth = 200; depth < 200_000; depth = Math.ceil(depth * 1.05)) { try { dive(depth); } catch (e) { if (!(e instanceof RangeError)) throw e; least = depth; } }
    const url = new URL('http://ä.example/?x=1#y');
    return [least > 0, url.href, url instanceof URL].join();
  })()`), 'true,http://xn--4ca.example/?x=1#y,true');
});

const tamperings = [
  'Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => { throw 1 };',
  'Map.prototype.get = Map.prototype.set = WeakMap.prototype.get = WeakMap.prototype.set = WeakRef.prototype.deref = Set.prototype.has = () => { throw 1 };',
  'globalThis.WeakRef = class { constructor(value) { note(value) } }; globalThis.WeakMap = globalThis.Map = class { constructor() { throw 1 } };',
  'Array.prototype[Symbol.iterator] = function* () { note(this) };',
  "Object.defineProperty(Array.prototype, '0', { set(value) { note(value) }, get() { return 'x' }, configurable: true });",
  "for (const key of ['apply', 'construct', 'defineProperty', 'getOwnPropertyDescriptor', 'ownKeys', 'getPrototypeOf', 'setPrototypeOf']) Reflect[key] = (...a) => { a.forEach(note); throw 1 };",
  "for (const key of ['freeze', 'assign', 'create', 'defineProperty', 'defineProperties', 'hasOwn', 'getPrototypeOf', 'setPrototypeOf', 'entries', 'keys', 'fromEntries']) Object[key] = (...a) => { a.forEach(note); throw 1 };",
  "for (const key of ['handle', 'slots', 'key', 'extractable', 'usages', 'then', 'inner']) Object.defineProperty(Object.prototype, key, { get() { note(this) }, set(value) { note(this) }, configurable: true });",
  "for (const getter of ['byteLength']) Object.defineProperty(ArrayBuffer.prototype, getter, { get() { note(this); return 0 }, configurable: true }); DataView.prototype.getUint8 = () => { throw 1 };",
  'Uint8Array.prototype.set = Uint8Array.prototype.subarray = Uint8Array.prototype.slice = function () { note(this); throw 1 }; globalThis.Uint8Array = class { constructor(a) { note(a) } };',
];
for (const tampering of tamperings) {
  test(`keys are safe where this came before the first: ${tampering.slice(0, 60)}`, async () => {
    const world = new World(true, 'Contained');
    let keys = 0;
    world.onHost = (op, args, transfer) => {
      if (op !== HostOp.Crypto) return undefined;
      const size = args[2] === undefined ? 0 : 8;
      // A key: its number, and what the host tells of it.
      transfer!.fill(0, 0, 64);
      transfer![0] = ++keys;
      transfer![4] = 128;
      return size;
    };
    let resolve!: (text: string) => void;
    const promise = new Promise<string>((f) => { resolve = f; });
    (world.context as Record<string, unknown>).done = resolve;
    world.run(`(async () => {
      const { done } = globalThis;
      const seen = [], reflect = { ...Reflect }, { isView } = ArrayBuffer;
      // Nothing that a script did not make itself may get here: the slots of a key, its bytes.
      const note = (value) => { if (typeof value === 'object' && value !== null && (reflect.getOwnPropertyDescriptor(value, 'handle') !== undefined || reflect.getOwnPropertyDescriptor(value, 'slots') !== undefined || (isView(value) && value.length === 16 && value[0] === 7))) seen[seen.length] = 'a secret'; };
      const secret = new Uint8Array(16), buffer = secret.buffer;
      for (let i = 0; i < 16; i++) secret[i] = 7;
      ${tampering}
      let exported = 'no key';
      try {
        const key = await crypto.subtle.importKey('raw', buffer, 'AES-CBC', false, ['encrypt']);
        exported = 'not exported';
        try { await crypto.subtle.exportKey('raw', key); exported = 'exported'; } catch { }
        try { await crypto.subtle.decrypt({ name: 'AES-CBC', iv: new Uint8Array(16) }, key, new Uint8Array(16)); exported = 'decrypted'; } catch { }
      } catch { }
      let text = exported;
      for (let i = 0; i < seen.length; i++) text += ' ' + seen[i];
      done(text);
    })()`);
    assert.match(await promise, /^(?:not exported|no key)$/);
  });
}

test('the cap of WebAssembly memories holds where arithmetic was replaced before the first module', () => {
  const world = new World(true, 'Contained');
  assert.throws(() => world.run(`
    Math.floor = Math.min = () => 65536; Number.prototype.valueOf = () => 0; Array.prototype.push = () => 0;
    new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 5, 4, 1, 0, 160, 31]))`), /pages of memory/);
});

/** What building an image of a function makes. */
async function madeFor(source: string): Promise<string[]> {
  const context = vm.createContext({});
  bundle.runInContext(context);
  const made: string[] = [];
  const [make, interfaces, members] = vm.runInContext('__jsrun.lazies', context) as [(name: string) => unknown, string, string];
  for (const name of `${interfaces} ${members}`.split(' ')) {
    const global = vm.runInContext('globalThis', context) as object;
    Object.defineProperty(global, name, { get: () => { if (!made.includes(name)) made.push(name); return make(name); }, configurable: true });
  }
  vm.runInContext('__jsrun.lazies[0] = 0', context);
  vm.runInContext(`__jsrun.tables = ${JSON.stringify(tables)}`, context);
  vm.runInContext('delete globalThis.WebAssembly; delete globalThis.SharedArrayBuffer; delete globalThis.Float16Array; delete Promise.try; delete Error.stackTraceLimit; delete Error.isError', context);
  vm.runInContext(`const secret = __jsrun.image(${JSON.stringify(settings('Contained'))})`, context);
  const { code, shape } = compile(source, 'file:///f.js');
  vm.runInContext(`${code}\n.__jsrunModule`, context);
  vm.runInContext(`secret.evaluate(${JSON.stringify(JSON.stringify({ modules: [{ url: 'file:///f.js', kind: 'js', shape }] }))}, 'file:///f.js')`, context);
  await turn();
  assert.equal(vm.runInContext('secret.seal()', context), '{"handles":true}');
  return made.sort();
}

test('an image of a function has made what its code mentions, and nothing else', async () => {
  assert.deepEqual(await madeFor("export default { fetch(request) { return new Response('hello') } }"), []);
  assert.deepEqual(await madeFor("export default { async fetch(request) { const url = new URL(request.url); console.log(url); return new Response(request.body) } }"), ['ReadableStream', 'URL', 'console']);
  assert.deepEqual(await madeFor("const names = { Blob: 1, 'File': 2 }; export default { async fetch(request) { return await fetch('http://a/', { headers: { a: names.Blob } }) } }"), ['Blob', 'Headers', 'fetch']);
});

test('tables are there for the top level of an image', async () => {
  await madeFor("const text = new TextDecoder('shift_jis').decode(new Uint8Array([0x82, 0xa0])), { host } = new URL('http://grün.example/'); if (text !== 'あ' || host !== 'xn--grn-ioa.example') throw new Error(text + host); export default { fetch() { return new Response(text) } }");
});
