// The script that makes the sources those of a version (build/release.mjs).
import assert from 'node:assert/strict';
import test from 'node:test';
import { releaseApi, releaseChangelog, releaseProps, settingsOf } from '../../../../build/release.mjs';

test('the changelog gets a heading for the version, and an empty one for what comes', () => {
  const text = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- this\n\n## [1.0.0] - 2026-01-01\n\n- that\n';

  assert.equal(releaseChangelog(text, '1.1.0', '2026-02-02'), '# Changelog\n\n## [Unreleased]\n\n## [1.1.0] - 2026-02-02\n\n### Added\n\n- this\n\n## [1.0.0] - 2026-01-01\n\n- that\n');
  assert.equal(releaseChangelog('\n## [Unreleased]\n\n- this\n', '1.0.0', 'D'), '\n## [Unreleased]\n\n## [1.0.0] - D\n\n- this\n');
  assert.throws(() => releaseChangelog(text, '1.0.0', 'D'), /already/);
  assert.throws(() => releaseChangelog('\n## [Unreleased]\n\n## [1.0.0]\n', '1.1.0', 'D'), /nothing to release/);
  assert.throws(() => releaseChangelog('', '1.1.0', 'D'), /no heading/);
});

test('new members are shipped, and removed ones are gone', () => {
  assert.deepEqual(releaseApi('#nullable enable\nB\nC\n', '#nullable enable\nA\n*REMOVED*C\n'), { shipped: '#nullable enable\nA\nB\n', unshipped: '#nullable enable\n' });
  assert.throws(() => releaseApi('', '*REMOVED*C'), /not shipped/);
});

test('the version is that of semantic versioning', () => {
  const text = '<a><VersionPrefix>0.1.0</VersionPrefix></a>';

  assert.equal(releaseProps(text, '1.2.3'), '<a><VersionPrefix>1.2.3</VersionPrefix></a>');
  assert.equal(releaseProps(text, '1.2.3-preview.1'), '<a><VersionPrefix>1.2.3</VersionPrefix></a>');
  for (const version of ['1.2', 'v1.2.3', '1.2.3.4']) assert.throws(() => releaseProps(text, version), /is no version/);
  assert.throws(() => releaseProps('<a/>', '1.2.3'), /has no VersionPrefix/);
});

test('the configuration has all keys that have a default', () => {
  const schema = { properties: { JsRun: { properties: { A: { type: 'integer', default: 1 }, B: { type: 'string' }, C: { properties: { D: { type: 'boolean', default: 'False' } } }, E: { properties: {} } } } } };

  assert.deepEqual(JSON.parse(settingsOf(schema)), { JsRun: { A: 1, C: { D: false } } });
});
