// The variables of AsyncContext: values that belong to a flow of control. A frame's values are never changed; setting one makes another frame.
import { applyIn, carriesFrames, currentFrame, type Frame, setFrame, type Values } from './frames.ts';
import { uncurry } from './intrinsics.ts';

const NativeMap = Map;
const NativeError = Error;
const get = uncurry(Map.prototype.get);
const has = uncurry(Map.prototype.has);
const set = uncurry(Map.prototype.set);
const remove = uncurry(Map.prototype.delete);
const forEach = uncurry(Map.prototype.forEach);

/** The value of `key`, or `otherwise` if it has none. */
export function readVariable(key: object, otherwise: unknown): unknown {
  const values = currentFrame()?.[1];
  return values !== undefined && has(values, key) ? get(values, key) : otherwise;
}

/** Calls `f` with that value of `key`, which also holds in everything asynchronous that `f` starts. */
export function applyWith(key: object, value: unknown, f: (...args: any[]) => unknown, self: unknown, args: readonly unknown[]): unknown {
  return applyIn(frameWith(key, value), f, self, args);
}

/** Gives `key` a value for the rest of the running code, and for everything asynchronous that it starts. */
export function enterWith(key: object, value: unknown): void { setFrame(frameWith(key, value)); }

/** Removes the value of `key` in the same way. */
export function enterWithout(key: object): void {
  const frame = currentFrame();
  if (frame?.[1] === undefined || !has(frame[1], key)) return;
  const values = copy(frame[1]);
  remove(values, key);
  setFrame([frame[0], values]);
}

/** Captures the variables' values. The function that is returned uses them, with the operation that is current when it is called. */
export function snapshot(): (f: (...args: any[]) => unknown, self: unknown, args: readonly unknown[]) => unknown {
  const values = currentFrame()?.[1];
  return (f, self, args) => applyIn([currentFrame()?.[0] ?? 0, values], f, self, args);
}

function frameWith(key: object, value: unknown): Frame {
  requireFrames();
  const frame = currentFrame();
  const values = frame?.[1] === undefined ? new NativeMap<object, unknown>() : copy(frame[1]);
  set(values, key, value);
  return [frame?.[0] ?? 0, values];
}

function copy(values: Values): Map<object, unknown> {
  const result = new NativeMap<object, unknown>();
  forEach(values, (value: unknown, key: object) => { set(result, key, value); });
  return result;
}

/** Throws if V8 does not carry frames: values that are lost at the first `await` would be worse than an error. */
export function requireFrames(): void {
  if (!carriesFrames) throw new NativeError("Values cannot follow an await here: V8's native layer is off, not known on this platform, or an image is being built (JsRun:Engine:Native; the log says which)");
}
