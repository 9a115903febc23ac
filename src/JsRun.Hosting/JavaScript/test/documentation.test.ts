// The code blocks of README.md and docs/ in JavaScript, TypeScript and JSON: each can be parsed. (JsRun.Generators.Tests parses those in C#, JsRun.Cli.Tests the commands of jsrun.)
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript-compiler';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const pages = ['README.md', ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md')).map((file) => `docs/${file.replaceAll('\\', '/')}`)];

interface Block { page: string; line: number; language: string; code: string }

const blocks = pages.flatMap((page): Block[] => {
  const text = readFileSync(path.join(root, page), 'utf8');
  return [...text.matchAll(/^( *)```(\w+)\n([\s\S]*?)^\1```$/gm)].map((match) => ({ page, line: text.slice(0, match.index).split('\n').length, language: match[2]!, code: match[3]! }));
});

const mistakesIn: Record<string, (code: string) => string[]> = {
  js: (code) => script(code, 'block.mjs'),
  ts: (code) => script(code, 'block.ts'),
  tsx: (code) => script(code, 'block.tsx'),
  json: (code) => code.includes('…') ? [] : mistakeInJson(code),
};

function script(code: string, fileName: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(code, { fileName, reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, allowJs: true } });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** A part of an object is allowed, and so are comments, which .NET's configuration takes. */
function mistakeInJson(code: string): string[] {
  const { error } = ts.parseConfigFileTextToJson('block.json', /^\s*[{["\d]/.test(code) && !/^\s*"[^"]*":/.test(code) ? code : `{${code}}`);
  return error === undefined ? [] : [ts.flattenDiagnosticMessageText(error.messageText, '\n')];
}

test('there are code blocks', () => { assert.ok(blocks.filter(({ language }) => language in mistakesIn).length > 10); });

test('every block in JavaScript, TypeScript or JSON can be parsed', () => {
  const mistakes = blocks.flatMap(({ page, line, language, code }) => (mistakesIn[language]?.(code) ?? []).map((mistake) => `${page}:${line}: ${mistake}`));
  assert.deepEqual(mistakes, []);
});

test('a mistake is found', () => {
  assert.equal(mistakesIn.ts!('const = 1').length > 0, true);
  assert.equal(mistakesIn.json!('{ "a": }').length > 0, true);
});
