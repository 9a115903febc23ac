// Runs the module tests of a test262 checkout through compiler and linker: node --import tsx test/test262.mjs CHECKOUT [FOLDER…]
// FOLDER is below test/language and may be a file's beginning; module-code by default. Scripts, and features that neither the compiler nor this Node has,
// are skipped and counted.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { World } from './linker/world.ts';

const SECONDS = 5;
const TIMEOUT = Symbol('timeout');

/** Proposals that no stable engine has. */
const UNSUPPORTED = new Set(['source-phase-imports', 'source-phase-imports-module-source', 'import-defer', 'decorators', 'import-bytes']);

/** Features that the engine must bring, with a script that it refuses or throws on where it has them not. */
const NEEDED = {
  'explicit-resource-management': '{ using x = null; }',
  'promise-with-resolvers': 'Promise.withResolvers()',
  'Array.fromAsync': 'Array.fromAsync([])',
  'Atomics': 'Atomics',
  'iterator-helpers': 'Iterator.prototype',
};

const [checkout, ...folders] = process.argv.slice(2);
if (checkout === undefined) {
  console.error('usage: node --import tsx test/test262.mjs CHECKOUT [FOLDER…]');
  process.exit(2);
}
const root = path.resolve(checkout, 'test');
const lacking = new Set(Object.keys(NEEDED).filter((feature) => !runs(NEEDED[feature])));
const outcomes = { passed: 0, failed: 0, skipped: 0 };

// Promises that a test leaves rejected are its own affair.
process.on('unhandledRejection', () => {});

for (const folder of folders.length > 0 ? folders : ['module-code']) {
  for (const file of testsIn(path.join('language', folder))) {
    const source = readFileSync(path.join(root, file), 'utf8');
    const test = parseHeader(source);
    const lack = !test.flags.includes('module') ? 'script' : test.features.find((feature) => UNSUPPORTED.has(feature) || lacking.has(feature));
    const failure = lack === undefined ? await run(file, test) : undefined;
    outcomes[lack !== undefined ? 'skipped' : failure === undefined ? 'passed' : 'failed']++;
    if (failure !== undefined) console.log(`${file}\n    ${failure.replaceAll('\n', '\n    ')}`);
  }
}
console.log(`${outcomes.passed} passed, ${outcomes.failed} failed, ${outcomes.skipped} skipped`);
process.exit(outcomes.failed === 0 ? 0 : 1);

function testsIn(start) {
  const folder = path.join(root, start);
  if (folder.endsWith('.js')) return [start];
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.js') && !name.endsWith('_FIXTURE.js'))
    .sort()
    .map((name) => path.join(start, name));
}

function parseHeader(source) {
  const header = /\/\*---([^]*?)---\*\//.exec(source)?.[1] ?? '';
  const list = (name) => {
    const inline = new RegExp(`^${name}:\\s*\\[([^\\]]*)\\]`, 'm').exec(header)?.[1].split(',');
    const block = new RegExp(`^${name}:\\s*\\n((?:\\s+- .*\\n?)+)`, 'm').exec(header)?.[1].split('\n').map((line) => line.replace(/^\s*- /, ''));
    return (inline ?? block ?? []).map((item) => item.trim()).filter((item) => item !== '');
  };
  const negative = /^negative:\s*\n((?:\s+.*\n?)+)/m.exec(header)?.[1];
  return {
    flags: list('flags'),
    features: list('features'),
    includes: list('includes'),
    negative: negative && { phase: /phase:\s*(\w+)/.exec(negative)[1], type: /type:\s*(\w+)/.exec(negative)[1] },
  };
}

async function run(file, { flags, includes, negative }) {
  const world = new World((name) => {
    try {
      return readFileSync(path.join(root, name), 'utf8');
    } catch {
      return undefined;
    }
  });
  const isAsync = flags.includes('async');
  for (const name of ['assert.js', 'sta.js', ...(isAsync ? ['doneprintHandle.js'] : []), ...includes]) {
    world.evaluate(readFileSync(path.join(checkout, 'harness', name), 'utf8'));
  }
  const done = isAsync ? new Promise((resolve) => { world.context.print = resolve; }) : undefined;
  const ended = world.start(`file:///${file.split(path.sep).map(encodeURIComponent).join('/')}`);
  const error = await within(Promise.race([ended, rejectionOf(done, ended)]));
  if (negative !== undefined) return checkNegative(negative, error);
  if (error === TIMEOUT) return 'timed out';
  if (error !== undefined) return `${error.name}: ${error.message}`;
  const printed = isAsync ? await within(done) : 'Test262:AsyncTestComplete';
  return printed === 'Test262:AsyncTestComplete' ? undefined : String(printed);
}

/** A test that says it is done may leave its module waiting for ever. */
async function rejectionOf(done, ended) {
  if (done === undefined) return ended;
  await done;
  return undefined;
}

function checkNegative({ phase, type }, error) {
  if (error === undefined || error === TIMEOUT) return `expected ${type} (${phase})`;
  const isType = type === 'Test262Error' ? error.thrown === 'object' : error.name === type;
  return isType ? undefined : `expected ${type} (${phase}), got ${error.name}: ${error.message}`;
}



function within(promise) {
  let timer;
  const timeout = new Promise((resolve) => { timer = setTimeout(resolve, SECONDS * 1000, TIMEOUT); });
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}

function runs(script) {
  try {
    vm.runInNewContext(script);
    return true;
  } catch {
    return false;
  }
}
