// Steps that wait until a context is live, that is, until it has a host. V8 leaves the newest parts of the language, WebAssembly and SharedArrayBuffer out of a context that is built for an
// image, and adds them when the image is restored. So they are read here, right before the context is configured, and never while the bundle is evaluated.
import { getOwnPropertyDescriptor, list } from './intrinsics.ts';

const hooks = list<() => void>();

/** Whether the context has a host: it has none while an image is built. */
export let live = false;

/** Calls the hook once, when the context is live. In a context from an image of a function that is after user code, so the hook may use captured intrinsics only. */
export function whenLive(hook: () => void): void {
  // The module is in a lazy chunk that is evaluated when the context is live already.
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

/** Error.isError, if V8 has it. May throw for a proxy. */
export const isError = (value: unknown): boolean => isErrorOf(value);

/** Whether the value is a SharedArrayBuffer, even if user code has replaced the global of that name. */
export const isSharedArrayBuffer = (value: unknown): value is SharedArrayBuffer => Shared !== undefined && value instanceof Shared;

whenLive(() => {
  isErrorOf = NativeError.isError ?? isErrorOf;
  Shared = getOwnPropertyDescriptor(globalThis, 'SharedArrayBuffer')?.value as SharedArrayBufferConstructor | undefined;
});
