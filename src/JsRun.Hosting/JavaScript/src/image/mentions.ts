// Lazy globals that a function's code mentions are made while its image is built: then they are in it, and no request makes them. What is mentioned without need costs a little of the image,
// what is overlooked a little of the first request that uses it. Runs before any user code.
import { list } from '../kernel/intrinsics.ts';
import { lazyNames } from '../kernel/lazies.ts';

/** What is used without being named. */
const members: [RegExp, string][] = [
  [/\.body\b|\bgetReader\b|\bpipeT(?:o|hrough)\b/, 'ReadableStream'],
  [/\bheaders\b/, 'Headers'],
  [/\.signal\b/, 'AbortSignal'],
  [/\.searchParams\b/, 'URLSearchParams'],
  [/\.formData\b/, 'FormData'],
  [/\.subtle\b/, 'SubtleCrypto'],
];
/** Every handler has a method of this name: only what looks like a call of the global counts. */
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
