// The parts of undici's core/util.js that its web layer uses.
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const standard = { __proto__: null, delete: 'DELETE', DELETE: 'DELETE', get: 'GET', GET: 'GET', head: 'HEAD', HEAD: 'HEAD', options: 'OPTIONS', OPTIONS: 'OPTIONS', post: 'POST', POST: 'POST', put: 'PUT', PUT: 'PUT' };

interface Target { addEventListener(type: string, listener: () => void, options?: object): void; removeEventListener(type: string, listener: () => void): void }

export default {
  kEnumerableProperty: { __proto__: null, enumerable: true },
  normalizedMethodRecordsBase: standard,
  normalizedMethodRecords: { ...standard, __proto__: null, patch: 'patch', PATCH: 'PATCH' },
  isValidHTTPToken: (text: string) => token.test(text),
  bufferToLowerCasedHeaderName: (bytes: Uint8Array) => String.fromCharCode(...bytes).toLowerCase(),
  addAbortListener(signal: Target, listener: () => void) {
    signal.addEventListener('abort', listener, { once: true });
    return () => { signal.removeEventListener('abort', listener); };
  },
};
