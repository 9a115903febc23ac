// The lazy globals, which are made when they are first used. In a context that is built for an image the host defines them as V8's lazy data properties (Engine/Native/LazyProperties.cs), which
// no script can tell from ordinary ones. In every other context all of them are made here, before any user code.
import { defineProperty, list, split } from './intrinsics.ts';

/** What the host reads. It replaces the function by a number once it has defined the globals. */
type Lazies = [make: ((name: string) => unknown) | number, interfaces: string, members: string];

let lazies: Lazies | undefined;

/** Names are separated by spaces; those of interfaces are not enumerable. */
export function offerLazies(holder: object, ...offered: Lazies): void {
  lazies = offered;
  defineProperty(holder, 'lazies', { __proto__: null, value: lazies } as PropertyDescriptor);
}

/** The names of all lazy globals. */
export function lazyNames(): string[] { return lazies === undefined ? list() : split(`${lazies[1]} ${lazies[2]}`, ' '); }

/** Makes all lazy globals that the host has not defined. Called before any user code. */
export function makeLazies(): void {
  const offered = lazies;
  if (offered === undefined || typeof offered[0] !== 'function') return;
  const make = offered[0];
  offered[0] = 0;
  define(make, offered[1], false);
  define(make, offered[2], true);
}

function define(make: (name: string) => unknown, names: string, enumerable: boolean): void {
  const all = split(names, ' ');
  for (let i = 0; i < all.length; i++) defineProperty(globalThis, all[i]!, { __proto__: null, value: make(all[i]!), writable: true, enumerable, configurable: true } as PropertyDescriptor);
}
