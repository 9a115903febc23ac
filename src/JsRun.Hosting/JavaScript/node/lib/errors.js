// Errors with Node's codes.
const withCode = (Base, name) => function make(code, message, more) {
  const error = new Base(message);
  error.code = code;
  Object.defineProperty(error, 'name', { value: name, writable: true, configurable: true });
  Object.assign(error, more);
  return error;
};

export const typeError = withCode(TypeError, 'TypeError');
export const rangeError = withCode(RangeError, 'RangeError');
export const plainError = withCode(Error, 'Error');

export function invalidArgument(name, expected, value) {
  const received = value === null || value === undefined ? `${value}` : typeof value === 'function' ? `function ${value.name}` : typeof value === 'object' ? `an instance of ${value.constructor?.name ?? 'Object'}` : `type ${typeof value} (${String(value)})`;
  return typeError('ERR_INVALID_ARG_TYPE', `The "${name}" argument must be ${expected}. Received ${received}`);
}

export function requireFunction(value, name) {
  if (typeof value !== 'function') throw invalidArgument(name, 'of type function', value);
}

export function requireString(value, name) {
  if (typeof value !== 'string') throw invalidArgument(name, 'of type string', value);
}
