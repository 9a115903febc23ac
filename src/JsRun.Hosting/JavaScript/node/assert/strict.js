import assert from '../assert.js';

const { strict } = assert;
export const { AssertionError, ok, equal, notEqual, deepEqual, notDeepEqual, deepStrictEqual, notDeepStrictEqual, strictEqual, notStrictEqual, throws, doesNotThrow, rejects, doesNotReject, ifError, match, doesNotMatch, fail, partialDeepStrictEqual } = strict;
export { strict };
export default strict;
