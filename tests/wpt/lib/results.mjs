// Results, a file for each driver: { test: { status, message, tests: [[name, status, message], …] } }; 0 is passed, as in testharness.js.
import fs from 'node:fs';
import path from 'node:path';

const fileOf = (folder, driver) => path.join(folder, `${driver}.json`);

export function load(folder, driver) {
  const file = fileOf(folder, driver);
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {};
}

export function save(folder, driver, results) {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(fileOf(folder, driver), JSON.stringify(results));
}

export const passedOf = (result) => new Set((result?.tests ?? []).filter(([, status]) => status === 0).map(([name]) => name));
export const namesOf = (result) => new Set((result?.tests ?? []).map(([name]) => name));
