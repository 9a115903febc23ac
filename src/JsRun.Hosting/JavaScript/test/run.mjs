// Runs all tests below this folder, whatever shell and Node: globs of node --test came with Node 21.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const files = readdirSync(here, { recursive: true }).filter((file) => file.endsWith('.test.ts')).sort().map((file) => path.join(here, file));
const { status } = spawnSync(process.execPath, ['--import', 'tsx', '--test', ...files], { cwd: path.dirname(here), stdio: 'inherit' });
process.exitCode = status ?? 1;
