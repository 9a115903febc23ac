// Writes results into docs/quality.md, each with the date and the commit: "mutation REPORT..." the scores of Stryker's reports, by folder; "step NAME RESULT" the result of a step of .ci/full.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const page = path.join(path.dirname(fileURLToPath(import.meta.url)), '../docs/quality.md');
const git = (...args) => execFileSync('git', args, { encoding: 'utf8', cwd: path.dirname(page) }).trim();
const when = `${new Date().toISOString().slice(0, 10)}, \`${git('rev-parse', '--short', 'HEAD')}\``;

// Replaces the row of a table that begins with a name, or adds it to the end of the table under a heading.
function write(heading, cells) {
  const lines = readFileSync(page, 'utf8').split('\n');
  const row = `| ${cells.join(' | ')} |`;
  const start = lines.indexOf(`## ${heading}`);
  if (start < 0) throw new Error(`docs/quality.md has no heading '${heading}'.`);
  const table = lines.findIndex((line, at) => at > start && line.startsWith('|---'));
  let end = table + 1;
  while (lines[end]?.startsWith('|')) end++;
  const found = lines.findIndex((line, at) => at > table && at < end && line.startsWith(`| ${cells[0]} |`));
  lines.splice(found < 0 ? end : found, found < 0 ? 0 : 1, row);
  writeFileSync(page, lines.join('\n'));
}

function mutation(report) {
  const rooms = {};
  const { files, projectRoot } = JSON.parse(readFileSync(report, 'utf8'));
  for (const [file, { mutants }] of Object.entries(files)) {
    const room = `${path.basename(projectRoot)}: ${path.relative(projectRoot, path.resolve(projectRoot, file)).split(path.sep)[0]}`;
    for (const { status, mutatorName } of mutants) {
      if (status === 'Ignored' || status === 'CompileError' || mutatorName.startsWith('String')) continue;
      const counts = rooms[room] ??= { killed: 0, survived: 0, uncovered: 0 };
      counts[status === 'Survived' ? 'survived' : status === 'NoCoverage' ? 'uncovered' : 'killed']++;
    }
  }
  for (const [room, { killed, survived, uncovered }] of Object.entries(rooms)) {
    write('Mutation tests', [room, `${Math.round(1000 * killed / (killed + survived + uncovered)) / 10} %`, killed, survived, uncovered, when]);
  }
}

const [kind, ...args] = process.argv.slice(2);
if (kind === 'mutation') args.forEach(mutation);
else if (kind === 'step') write('Full run', [args[0], args[1], when]);
else throw new Error('usage: quality.mjs mutation REPORT... | step NAME RESULT');
