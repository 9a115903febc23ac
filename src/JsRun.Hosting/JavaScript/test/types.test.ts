// The declarations of @jsrun/types, compared with what is there.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import vm from 'node:vm';
import { Runtime } from './runtime.ts';

const folder = new URL('../../../../types/globals/', import.meta.url);
const text = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n');

/** There once an op is registered: bindings.test.ts. */
const ofTheHost = 'JsRun';
const declared = new Set([...text.matchAll(/^declare (?:var|function|namespace) (\w+)/gm)].map(([, name]) => name!).filter((name) => name !== ofTheHost));

test('every declared global exists, and every global of the web layer is declared', () => {
  const runtime = new Runtime();
  assert.deepEqual([...declared].filter((name) => runtime.evaluate(`typeof ${name} === 'undefined'`)), []);
  const language = new Set(vm.runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[]);
  const own = (runtime.evaluate('Object.getOwnPropertyNames(globalThis).join()') as string).split(',');
  assert.deepEqual(own.filter((name) => !language.has(name) && !declared.has(name)), []);
});

test('every declared member of an interface exists', () => {
  const runtime = new Runtime();
  const missing: string[] = [];
  for (const [, name, members] of text.matchAll(/^interface (\w+)[^{\n]*\{\n([\s\S]*?)^\}/gm)) {
    if (!declared.has(name!)) continue;
    for (const [, member] of members!.matchAll(/^ {2}(?:readonly )?(\w+)[?<(:]/gm)) {
      // Unforgeable: on each event itself.
      const holder = member === 'isTrusted' ? "new Event('x')" : `${name}.prototype`;
      if (runtime.evaluate(`typeof ${name} === 'function' && '${member}' in ${holder}`) !== true) missing.push(`${name}.${member}`);
    }
  }
  assert.deepEqual(missing, []);
});
