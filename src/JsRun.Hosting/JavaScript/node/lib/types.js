// util.types, by the slots that built-in methods check.
const getter = (prototype, key) => Object.getOwnPropertyDescriptor(prototype, key)?.get;
const slot = (method, ...args) => (value) => {
  if (method === undefined || value === null || typeof value !== 'object' && typeof value !== 'function') return false;
  try {
    Reflect.apply(method, value, args);
    return true;
  } catch {
    return false;
  }
};
const typedTag = getter(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);
const tagOf = (value) => ArrayBuffer.isView(value) ? Reflect.apply(typedTag, value, []) : undefined;
const isTyped = (name) => (value) => tagOf(value) === name;
const tagged = (tag) => (value) => typeof value === 'object' && value !== null && Object.prototype.toString.call(value) === `[object ${tag}]`;
const boxed = (Type) => slot(Type.prototype.valueOf);
const isFunctionOf = (sample) => {
  const prototype = Object.getPrototypeOf(sample);
  return (value) => typeof value === 'function' && Object.prototype.isPrototypeOf.call(prototype, value);
};

export const isArrayBuffer = slot(getter(ArrayBuffer.prototype, 'byteLength'));
export const isSharedArrayBuffer = slot(getter(SharedArrayBuffer.prototype, 'byteLength'));
export const isAnyArrayBuffer = (value) => isArrayBuffer(value) || isSharedArrayBuffer(value);
export const isArrayBufferView = ArrayBuffer.isView;
export const isDataView = slot(getter(DataView.prototype, 'byteLength'));
export const isTypedArray = (value) => tagOf(value) !== undefined;
export const isInt8Array = isTyped('Int8Array');
export const isInt16Array = isTyped('Int16Array');
export const isInt32Array = isTyped('Int32Array');
export const isUint8Array = isTyped('Uint8Array');
export const isUint8ClampedArray = isTyped('Uint8ClampedArray');
export const isUint16Array = isTyped('Uint16Array');
export const isUint32Array = isTyped('Uint32Array');
export const isFloat16Array = isTyped('Float16Array');
export const isFloat32Array = isTyped('Float32Array');
export const isFloat64Array = isTyped('Float64Array');
export const isBigInt64Array = isTyped('BigInt64Array');
export const isBigUint64Array = isTyped('BigUint64Array');
export const isMap = slot(getter(Map.prototype, 'size'));
export const isSet = slot(getter(Set.prototype, 'size'));
export const isWeakMap = slot(WeakMap.prototype.has, {});
export const isWeakSet = slot(WeakSet.prototype.has, {});
export const isDate = slot(Date.prototype.getTime);
export const isRegExp = (value) => value !== RegExp.prototype && slot(getter(RegExp.prototype, 'source'))(value);
export const isPromise = (value) => typeof value === 'object' && value !== null && value instanceof Promise;
export const isNumberObject = boxed(Number);
export const isStringObject = (value) => typeof value === 'object' && boxed(String)(value);
export const isBooleanObject = boxed(Boolean);
export const isSymbolObject = boxed(Symbol);
export const isBigIntObject = boxed(BigInt);
export const isBoxedPrimitive = (value) => isNumberObject(value) || isStringObject(value) || isBooleanObject(value) || isSymbolObject(value) || isBigIntObject(value);
export const isNativeError = (value) => typeof Error.isError === 'function' ? Error.isError(value) : value instanceof Error;
export const isMapIterator = tagged('Map Iterator');
export const isSetIterator = tagged('Set Iterator');
export const isGeneratorObject = (value) => tagged('Generator')(value) || tagged('AsyncGenerator')(value);
export const isArgumentsObject = (value) => typeof value === 'object' && value !== null && !(Symbol.toStringTag in value) && Object.prototype.toString.call(value) === '[object Arguments]';
export const isModuleNamespaceObject = (value) => tagged('Module')(value) && Object.getPrototypeOf(value) === null;
const isAsync = isFunctionOf(async () => { /* a sample */ });
const isAsyncGenerator = isFunctionOf(async function* () { /* a sample */ });
const isGenerator = isFunctionOf(function* () { /* a sample */ });
export const isAsyncFunction = (value) => isAsync(value) || isAsyncGenerator(value);
export const isGeneratorFunction = (value) => isGenerator(value) || isAsyncGenerator(value);
export const isKeyObject = (value) => value !== null && typeof value === 'object' && value[Symbol.for('jsrun.keyObject')] === true;
export const isCryptoKey = (value) => value instanceof CryptoKey;
/** No code can tell. */
export const isProxy = () => false;
export const isExternal = () => false;
