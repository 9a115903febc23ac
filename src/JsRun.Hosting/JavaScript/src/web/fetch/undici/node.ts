// One module in the place of all `node:` built-ins that undici's web layer requires.
const { toString } = Object.prototype;
const isShared = (value: unknown) => toString.call(value) === '[object SharedArrayBuffer]';
const isTyped = (value: unknown) => ArrayBuffer.isView(value) && !(value instanceof DataView);

const types = {
  isArrayBuffer: (value: unknown) => value instanceof ArrayBuffer,
  isSharedArrayBuffer: isShared,
  isAnyArrayBuffer: (value: unknown) => value instanceof ArrayBuffer || isShared(value),
  isArrayBufferView: (value: unknown) => ArrayBuffer.isView(value),
  isTypedArray: isTyped,
  isUint8Array: (value: unknown) => value instanceof Uint8Array,
  isDataView: (value: unknown) => value instanceof DataView,
  // Nobody can tell. Where undici asks, "yes" is the way that the standard describes and "no" a short cut.
  isProxy: () => true,
};

function assert(value: unknown, message?: string): void {
  if (!value) throw new TypeError(message ?? 'Assertion failed');
}

const custom = Symbol.for('nodejs.util.inspect.custom');

export default Object.assign(assert, types, {
  types,
  inspect: Object.assign((value: unknown) => (typeof value === 'string' ? `'${value}'` : toString.call(value)), { custom }),
  formatWithOptions: (_options: unknown, ...values: unknown[]) => values.map(String).join(' '),
  Transform: class {},
  getMaxListeners: () => 0,
  setMaxListeners() {},
  defaultMaxListeners: 0,
});
