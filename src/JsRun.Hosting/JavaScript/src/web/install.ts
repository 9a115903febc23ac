// Defines the globals that every context has from the beginning; the others are lazy (globals.ts). As in WebIDL, interfaces are not enumerable, and operations and attributes are.
import { take } from '../kernel/enter.ts';
import { defineProperty } from '../kernel/intrinsics.ts';
import { offerLazies } from '../kernel/lazies.ts';
import { EventTarget } from './dom/event-target.ts';
import { Request, Response } from './fetch/classes.ts';
import { INTERFACES, makeGlobal, MEMBERS } from './globals.ts';
import { defineGlobalScope } from './html/global-scope.ts';
import { queueMicrotask } from './html/queue-microtask.ts';
import { clearInterval, clearTimeout, setInterval, setTimeout } from './html/set-timeout.ts';

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

offerLazies(take, makeGlobal, INTERFACES, MEMBERS);
