// Defines the globals that every context has from the beginning; the others are lazy (globals.ts). As in WebIDL, interfaces are not enumerable, and operations and attributes are.
import { take } from '../kernel/enter.ts';
import { defineProperty } from '../kernel/intrinsics.ts';
import { offerLazies } from '../kernel/lazies.ts';
import { AbortController, type AbortSignal, isSignal, onAbort, signalAbort } from './dom/abort-signal.ts';
import { EventTarget } from './dom/event-target.ts';
import { Request, Response } from './fetch/classes.ts';
import { INTERFACES, MEMBERS } from '../linker/global-names.ts';
import { makeGlobal } from './globals.ts';
import { defineGlobalScope } from './html/global-scope.ts';
import { queueMicrotask } from './html/queue-microtask.ts';
import { clearInterval, clearTimeout, setInterval, setTimeout } from './html/set-timeout.ts';
import { useSignals } from './streams/signals.ts';

const operations = { queueMicrotask, clearInterval, clearTimeout, setInterval, setTimeout };

function define(name: string, value: unknown, enumerable: boolean): void {
  defineProperty(globalThis, name, { __proto__: null, value, writable: true, enumerable, configurable: true } as PropertyDescriptor);
}

define('EventTarget', EventTarget, false);
define('Request', Request, false);
define('Response', Response, false);
for (const [name, value] of Object.entries(operations)) {
  define(name, value, true);
  // Bundling may have changed it.
  Object.defineProperty(value, 'name', { value: name, configurable: true });
}
define('self', globalThis, true);
defineGlobalScope();

useSignals({
  isSignal: (value) => isSignal(value),
  makeController: () => new AbortController(),
  abort: (signal, reason) => { signalAbort(signal as AbortSignal, reason); },
  onAbort: (signal, run) => onAbort(signal as AbortSignal, run),
});

offerLazies(take, makeGlobal, INTERFACES, MEMBERS);
