/** All bytes of a body, boxed for promises: one that resolves with an array asks Object.prototype for `then`, and whoever put one there would answer instead of the body. */
export interface Whole { readonly bytes: Uint8Array<ArrayBuffer> }

export const whole = (bytes: Uint8Array<ArrayBuffer>): Whole => ({ __proto__: null, bytes }) as never;
