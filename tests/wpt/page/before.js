// What the tests expect of a global object before testharness.js, run first in every test's script. `__wpt` holds { href, source, idl, wait, files }.
(() => {
  const { href, files, idl } = globalThis.__wpt;
  if (typeof self === 'undefined') Object.defineProperty(globalThis, 'self', { value: globalThis, writable: true, configurable: true });
  globalThis.GLOBAL = { isWindow: () => false, isWorker: () => false, isShadowRealm: () => false };
  // idlharness asks which kind of global this is.
  if (idl && typeof Window === 'undefined') globalThis.Window = class Window {};

  const [, protocol, host, pathname, search = '', hash = ''] = /^(https?:)\/\/([^/]+)([^?#]*)(\?[^#]*)?(#.*)?$/.exec(href);
  const [hostname, port = ''] = host.split(':');
  const origin = `${protocol}//${host}`;
  const location = { href, protocol, host, hostname, port, pathname, search, hash, origin, toString: () => href };
  try {
    Object.defineProperty(globalThis, 'location', { value: location, writable: true, configurable: true });
  } catch { /* Deno has one, which cannot be replaced and says the same. */ }

  /** Resolves against the test's own address, without the URL class under test. */
  function absolute(reference) {
    if (/^[a-z][a-z0-9+.-]*:/i.test(reference)) return reference;
    if (reference.startsWith('//')) return protocol + reference;
    if (reference.startsWith('/')) return origin + reference;
    if (reference.startsWith('?')) return origin + pathname + reference;
    const steps = [];
    const parts = (pathname.slice(0, pathname.lastIndexOf('/') + 1) + reference).split('/').slice(1);
    for (const part of parts) {
      if (part === '..') steps.pop();
      else if (part !== '.') steps.push(part);
    }
    return `${origin}/${steps.join('/')}`;
  }

  // Data that a test reads from beside itself travels in the script, so that such tests need no server.
  const local = (url) => (url.startsWith(`${origin}/`) ? files[url.slice(origin.length).split(/[?#]/, 1)[0]] : undefined);
  const bytesOf = ({ text, base64 }) => (base64 === undefined ? new TextEncoder().encode(text) : Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));

  function answer(url, file) {
    if (typeof Response !== 'function' || /\.(json|idl)$/.test(url)) {
      return { ok: true, status: 200, text: async () => file.text, json: async () => JSON.parse(file.text), arrayBuffer: async () => bytesOf(file).buffer };
    }
    return new Response(bytesOf(file), { headers: url.endsWith('.wasm') ? { 'content-type': 'application/wasm' } : {} });
  }

  const own = globalThis.fetch;
  const stand = function fetch(...args) {
    const [input, init] = args;
    if (typeof input !== 'string' || init?.method !== undefined) return Reflect.apply(own, globalThis, args);
    const url = absolute(input);
    const file = local(url);
    if (file !== undefined) return Promise.resolve(answer(url, file));
    return typeof own === 'function' ? Reflect.apply(own, globalThis, [url, ...args.slice(1)]) : Promise.reject(new TypeError('there is no fetch'));
  };
  // idlharness looks at fetch itself, so there it only gets a proxy, and only where there is something to give.
  const value = idl ? new Proxy(own ?? stand, { apply: (_target, _self, args) => stand(...args) }) : stand;
  Object.defineProperty(globalThis, 'fetch', { value, writable: true, enumerable: true, configurable: true });
})();
