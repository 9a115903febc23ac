// What must wait until a context is live. V8 leaves the newest parts of the language, WebAssembly and SharedArrayBuffer out of a context that is built for an image, and adds them
// when the image is restored; so they are looked up here, right before the context is configured, and never while the bundle is evaluated.
import { getOwnPropertyDescriptor, list } from './intrinsics.ts';

const hooks = list<() => void>();

/** Whether there is a host: there is none while a user's top level becomes part of an image. */
export let live = false;

/** Runs once, when the context is live; in an image that is after the user's top level, so it may use captured intrinsics only. */
export function whenLive(hook: () => void): void {
  // A lazy room that is made when the context is live.
  if (live) hook();
  else hooks[hooks.length] = hook;
}

export function goLive(): void {
  live = true;
  for (let i = 0; i < hooks.length; i++) hooks[i]!();
  hooks.length = 0;
}

const NativeError = Error as ErrorConstructor & { isError?(value: unknown): boolean };

let isErrorOf = (value: unknown): boolean => value instanceof NativeError;
let Shared: SharedArrayBufferConstructor | undefined;

/** Error.isError, where V8 has it. May throw for a proxy. */
export const isError = (value: unknown): boolean => isErrorOf(value);

/** Whether it is a SharedArrayBuffer, whatever became of the global of that name. */
export const isSharedArrayBuffer = (value: unknown): value is SharedArrayBuffer => Shared !== undefined && value instanceof Shared;

whenLive(() => {
  isErrorOf = NativeError.isError ?? isErrorOf;
  Shared = getOwnPropertyDescriptor(globalThis, 'SharedArrayBuffer')?.value as SharedArrayBufferConstructor | undefined;
});
