// Runs every *.test.ts below this folder: npm test [NAME…]
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const here = path.dirname(fileURLToPath(import.meta.url));
const names = process.argv.slice(2);
const files = readdirSync(here, { recursive: true })
  .filter((file) => file.endsWith('.test.ts') && (names.length === 0 || names.some((name) => file.includes(name))))
  .map((file) => path.join(here, file));
run({ files, concurrency: true }).on('test:fail', () => { process.exitCode = 1; }).compose(new spec()).pipe(process.stdout);
