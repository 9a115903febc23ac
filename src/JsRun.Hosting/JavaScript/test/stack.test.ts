// Errors are shown in the author's files, at the author's lines and columns.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';
import '../src/typescript/index.ts';
import { compile } from '../src/compiler/compile.ts';
import { EntryOp, HostOp, ValueOutcome } from '../src/kernel/ops.ts';
import { Runtime, turn } from './runtime.ts';

let lastCall = 0;

/** Evaluates the first of the modules, and returns the stack frames of its exception, without `at`. */
async function framesOfModules(files: Record<string, string>, runtime = new Runtime()): Promise<string[]> {
  const urls = Object.keys(files).map((name) => `file:///${name}`);
  const functions: unknown[] = [];
  const modules = Object.entries(files).map(([name, source]) => {
    const { code, shape } = compile(source, name);
    const url = `file:///${name}`;
    functions.push(vm.runInContext(code, runtime.context, { filename: url }));
    return { url, kind: 'js', shape, resolved: Object.fromEntries(shape.imports.map(({ specifier }) => [specifier, new URL(specifier, url).href])) };
  });
  runtime.enter(EntryOp.AddModules, JSON.stringify({ modules }), ...functions);
  const call = ++lastCall;
  let stack: string | undefined;
  runtime.onHost = (op, [, error]) => { if (op === HostOp.ModuleDone) ({ stack } = JSON.parse(error as string) as { stack: string }); };
  runtime.enter(EntryOp.EvaluateModule, call, urls[0]!);
  await turn();
  assert.ok(stack !== undefined, 'nothing was thrown');
  return framesOf(stack);
}

const framesOf = (stack: string): string[] => stack.split('\n').filter((line) => line.startsWith('    at ')).map((line) => line.slice('    at '.length));

/** Removes `¦` from a text; returns the text, and the line and column of the mark. */
function marked(text: string): { text: string; line: number; column: number } {
  const at = text.indexOf('¦');
  const before = text.slice(0, at).split(/\r\n|[\n\r\u2028\u2029]/);
  return { text: text.replace('¦', ''), line: before.length, column: before.at(-1)!.length + 1 };
}

for (const text of [
  'throw ¦new Error();',
  'export const a = 1; export function go() { throw ¦new Error(); } go();',
  'export default { fetch() { throw ¦new Error(); } }.fetch();',
  'const x = 1;\nexport default (() => { throw ¦new Error(); })();',
  'export default function () { throw ¦new Error(); } import self from "./main.js"; self();',
  "import { dep, twice } from './dep.js'; const n = dep + dep + twice(dep); throw ¦new Error(n);",
  "import { dep, twice } from './dep.js';\nconst o = { dep }; o.dep = twice(twice(dep)); (() => { throw ¦new Error(o.dep + dep); })();",
  "import { dep } from './dep.js';\r\nconst n = dep;\rconst m = dep;\u2028if (n + m + dep) throw ¦new Error();",
  "import { Maker } from './dep.js'; const m = new Maker(1); m.¦nothing();",
  'const u = import.meta.url; throw ¦new Error(u);',
  "import { dep } from './dep.js'; await 0; const n = dep; throw ¦new Error(n);",
]) {
  test(`the place of ${JSON.stringify(text)}`, async () => {
    const { text: source, line, column } = marked(text);
    const [frame] = await framesOfModules({ 'main.js': source, 'dep.js': 'export const dep = 1; export const twice = (x) => x + x; export class Maker {}' });
    assert.match(frame!, new RegExp(`file:///main\\.js:${line}:${column}\\)?$`));
  });
}

test('a call of an imported function is at its name', async () => {
  const frames = await framesOfModules({ 'main.js': "import { f } from './dep.js'; const x = 1; f(x);", 'dep.js': 'export const f = () => { throw new Error(); };' });
  assert.deepEqual(frames.map((frame) => frame.replace(/^\S+ \((.*)\)$/, '$1')), ['file:///dep.js:1:32', 'file:///main.js:1:44']);
});

for (const [name, text] of [
  ['main.ts', 'interface A {\n  a: string;\n}\nfunction f(a: A): never { throw ¦new Error(a.a as string); }\nf({ a: "x" });'],
  ['main.ts', 'const f = <T,>(x: T): never => { throw ¦new Error(String(x)); }; enum E { A, B = `b` } namespace N { export const n: number = 1; } f<number>(N.n);'],
  ['main.ts', "import { dep, type Maker } from './dep.js'; const n: number = dep + (dep as number); let m: Maker; throw ¦new Error(String(n));"],
  ['main.ts', 'class K { constructor(private a: number) {}\n    m(): void { throw ¦new Error(String(this.a)) } }\nnew K(1).m();'],
  ['main.tsx', '/* @jsx h */\nconst h = (...a: unknown[]): unknown => a;\nconst x = <div\n  a={1}\n>\n  text {(() => { throw ¦new Error("a") })()}\n</div>;'],
  ['main.jsx', '// @jsx h\nconst h = (tag) => tag(); const A = () => { throw ¦new Error("a") }; <A b="c"/>'],
] as const) {
  test(`the place in ${name} of ${JSON.stringify(text)}`, async () => {
    const { text: source, line, column } = marked(text);
    const [frame] = await framesOfModules({ [name]: source, 'dep.js': 'export const dep = 1; export class Maker {}' });
    assert.match(frame!, new RegExp(`file:///${name.replace('.', '\\.')}:${line}:${column}\\)?$`));
  });
}

async function thrownBy(code: string, fileName: string, topLevelAwait = false): Promise<string> {
  const runtime = new Runtime();
  const call = ++lastCall;
  runtime.enter(EntryOp.EvaluateValue, call, code, fileName, true, topLevelAwait);
  await turn();
  const ended = runtime.values.get(call)!;
  assert.equal(ended.outcome, ValueOutcome.Thrown);
  return String(ended.payload);
}

for (const [code, fileName, place, topLevelAwait] of [
  ['let a = 1;\nlet b = ;', 'user.js', 'user.js:2:9', false],
  ['1 +* 2', 'my rules (1).js', 'my rules (1).js:1:4', false],
  ['var x = )', '', '<anonymous>:1:9', false],
] as const) {
  test(`a mistake in the text of '${fileName}' is at ${place}`, async () => {
    const payload = await thrownBy(code, fileName, topLevelAwait);
    assert.ok(payload.includes(`(${place})`), payload);
    assert.ok(payload.includes(`\n    at ${place}`), payload);
  });
}

for (const [code, fileName, place, topLevelAwait] of [
  ["throw new Error('x')", 'my rules.js', 'my rules.js:1:7', false],
  ["throw new Error('x')", '', '<anonymous>:1:7', false],
  ["throw new Error('x')", "it's \"odd\".js", "it's \"odd\".js:1:7", false],
  ["await 0; throw new Error('x')", 'a.js', 'a.js:1:16', true],
  ["let q = 1; await 0;\nlet { p } = { p: 1 }; q.r.s", 'a b.js', 'a b.js:2:27', true],
  ["'use strict';let q = 1; throw new Error('x')", 'a.js', 'a.js:1:31', false],
  ["'use strict';throw new Error('x')", 'a.js', 'a.js:1:20', false],
  ["class A { static x = null.y }", 'a.js', 'a.js:1:27', false],
  ["const { a } = null.b", 'a.js', 'a.js:1:20', false],
] as const) {
  test(`what ${JSON.stringify(code)} of '${fileName}' throws is at ${place}`, async () => {
    const payload = await thrownBy(code, fileName, topLevelAwait);
    assert.ok(payload.includes(`(${place})`) || payload.includes(`at ${place}`), payload);
  });
}
