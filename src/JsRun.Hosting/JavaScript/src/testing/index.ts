export { AssertionError } from './assertion-error.ts';
export { context } from './context.ts';
export { expect } from './expect.ts';
export { fakeFetch } from './fake-fetch.ts';
export { fakeTime } from './fake-time.ts';
export { fn, spyOn } from './mock.ts';
export { afterAll, afterEach, beforeAll, beforeEach, describe, test, test as it } from './suite.ts';
// For the command line alone.
export { describeError, run } from './run.ts';
