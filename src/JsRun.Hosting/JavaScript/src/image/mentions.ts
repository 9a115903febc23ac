// Makes the lazy globals that a function's code mentions while its image is built, so that they are in the image, and no request has to make them. A global that is mentioned and not used makes
// the image a little larger; one that is overlooked makes the first request that uses it a little slower. Runs before any user code.
import { list } from '../kernel/intrinsics.ts';
import { lazyNames } from '../kernel/lazies.ts';

/** Globals that code uses without naming them. */
const members: [RegExp, string][] = [
  [/\.body\b|\bgetReader\b|\bpipeT(?:o|hrough)\b/, 'ReadableStream'],
  [/\bheaders\b/, 'Headers'],
  [/\.signal\b/, 'AbortSignal'],
  [/\.searchParams\b/, 'URLSearchParams'],
  [/\.formData\b/, 'FormData'],
  [/\.subtle\b/, 'SubtleCrypto'],
];
/** Every handler has a method of this name, so only text that may be a call of the global counts. */
const fetch = /(?:\bawait|\breturn|=|\(|:|\?)\s*fetch\s*\(/;

export function makeMentioned(functions: readonly object[]): void {
  const all = list<string>();
  for (let i = 0; i < functions.length; i++) all[i] = Function.prototype.toString.call(functions[i]);
  for (const name of lazyNames()) {
    const mention = name === 'fetch' ? fetch : new RegExp(`(?<![\\w$.'"\`])${name}(?![\\w$'"\`])`);
    for (let i = 0; i < all.length; i++) if (mention.test(all[i]!)) make(name);
  }
  for (const [member, name] of members) for (let i = 0; i < all.length; i++) if (member.test(all[i]!)) make(name);
}

/** Reading it is enough. */
function make(name: string): void { Reflect.get(globalThis, name); }
