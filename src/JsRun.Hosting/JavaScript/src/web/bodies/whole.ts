/** All bytes of a body, in an object without a prototype: a promise that is resolved with an array reads its `then`, and user code may have put one on Object.prototype. */
export interface Whole { readonly bytes: Uint8Array<ArrayBuffer> }

export const whole = (bytes: Uint8Array<ArrayBuffer>): Whole => ({ __proto__: null, bytes }) as never;
