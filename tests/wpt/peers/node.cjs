// Node as a peer: node node.cjs FILE runs the file as a classic script and prints what it resolves to.
const { readFileSync } = require('node:fs');
const { runInThisContext } = require('node:vm');

const file = process.argv[2];
const source = readFileSync(file, 'utf8');
const href = /"href":"([^"]+)"/.exec(source)?.[1];
// Where Node's fetch looks for a base URL.
if (href !== undefined) Object.defineProperty(globalThis, Symbol.for('undici.globalOrigin.1'), { value: new URL(href), writable: true, configurable: true });
process.on('uncaughtException', () => {});
process.on('unhandledRejection', () => {});
(async () => {
  const line = await runInThisContext(source, { filename: file });
  process.stdout.write(`\n${line}\n`, () => process.exit(0));
})();
