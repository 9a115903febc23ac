import assert from 'assert/';


/** Whether everything in `expected` is in `actual`. */
function includesAll(actual, expected) {
  if (expected === null || typeof expected !== 'object') return Object.is(actual, expected);
  if (actual === null || typeof actual !== 'object') return false;
  return Reflect.ownKeys(expected).every((key) => includesAll(actual[key], expected[key]));
}
const partialDeepStrictEqual = (actual, expected, message) => {
  if (includesAll(actual, expected)) return;
  throw message instanceof Error ? message : Object.assign(new assert.AssertionError({ message, actual, expected, operator: 'partialDeepStrictEqual' }));
};
for (const target of [assert, assert.strict]) target.partialDeepStrictEqual = partialDeepStrictEqual;

export const {
  AssertionError, ok, equal, notEqual, deepEqual, notDeepEqual, deepStrictEqual, notDeepStrictEqual, strictEqual, notStrictEqual, throws, doesNotThrow, rejects, doesNotReject, ifError, match, doesNotMatch, fail, strict,
} = assert;
export { partialDeepStrictEqual };
export default assert;
