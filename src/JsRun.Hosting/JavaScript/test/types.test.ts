// The declarations of @jsrun/types, compared with the globals.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import vm from 'node:vm';
import { Runtime } from './runtime.ts';

const folder = new URL('../../../../types/globals/', import.meta.url);
const text = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n');

/** Exists when an op has been registered: bindings.test.ts. */
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

/** Standard, and for browsers: DOMException's codes are history, and a server never navigates. */
const notOffered = /^DOMException\b.*_ERR$|^Request\.prototype\.is(?:Reload|History)Navigation$/;

test('every member of an interface is declared', () => {
  const runtime = new Runtime();
  const namesIn = (body: string) => [...body.matchAll(/(?:^|[;{]) *(?:readonly |get |set )?(\w+)[?<(:]/gm)].map(([, member]) => member!);
  const members = new Map<string, { names: string[]; parents: string[] }>();
  for (const [, name, parents, body] of text.matchAll(/^interface (\w+)(?:<[^{\n]*?>)?(?: extends ([^{\n]+?))? (\{.*\}$|\{\n[\s\S]*?^\})/gm)) {
    const known = members.get(name!) ?? { names: [], parents: [] };
    members.set(name!, { names: [...known.names, ...namesIn(body!)], parents: [...known.parents, ...(parents ?? '').split(',').map((parent) => parent.trim().replace(/<.*/, ''))] });
  }
  const statics = new Map([...text.matchAll(/^declare var (\w+): (\{.*\};?$|\{\n[\s\S]*?^\})/gm)].map(([, name, body]) => [name!, namesIn(body!)]));
  const has = (name: string, member: string): boolean => {
    const found = members.get(name);
    return found !== undefined && (found.names.includes(member) || found.parents.some((parent) => has(parent, member)));
  };
  const undeclared: string[] = [];
  for (const name of declared) {
    if (runtime.evaluate(`typeof ${name} === 'function' && Object.hasOwn(${name}, 'prototype') && ${name}.toString().startsWith('class')`) !== true) continue;
    const own = (holder: string) => (runtime.evaluate(`Object.getOwnPropertyNames(${holder}).join()`) as string).split(',');
    for (const member of own(`${name}.prototype`)) if (member !== 'constructor' && !has(name, member)) undeclared.push(`${name}.prototype.${member}`);
    for (const member of own(name)) if (!['length', 'name', 'prototype'].includes(member) && !statics.get(name)?.includes(member)) undeclared.push(`${name}.${member}`);
  }
  assert.deepEqual(undeclared.filter((member) => !notOffered.test(member)), []);
});
