/** An expectation that does not hold. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}
