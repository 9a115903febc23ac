import assert from 'node:assert/strict';
import test from 'node:test';
import { Runtime } from './runtime.ts';

async function check(body: string, expected: unknown): Promise<void> { assert.deepEqual(await new Runtime().run(body), expected); }

test('URLPattern takes a whole URL apart, and a relative one with its base', () => check(`
  const shown = (p) => [p.protocol, p.username, p.password, p.hostname, p.port, p.pathname, p.search, p.hash].join(' ');
  return [
    shown(new URLPattern('https://*.example.com:8080/a/:id\\\\?x=*#frag')), shown(new URLPattern('/books/:id(\\\\d+)', 'https://example.com/ignored?q')), shown(new URLPattern('http{s}?://u\\\\:p@host/{a/}?b')),
    shown(new URLPattern({ pathname: '/x/*' })), shown(new URLPattern('data\\\\:text/*')), shown(new URLPattern('https://[\\\\:\\\\:1]/')), shown(new URLPattern()), shown(new URLPattern({ protocol: 'https', port: '443' })),
  ];`,
['https * * *.example.com 8080 /a/:id x=* frag', 'https * * example.com  /books/:id(\\d+) * *', 'http{s}? u p host  /{a/}?b * *', '* * * * * /x/* * *', 'data * *   text/* * *', 'https * * [\\:\\:1]  / * *', '* * * * * * * *', 'https * * *  * * *']));

test('URLPattern.exec gives inputs and groups', () => check(`
  const pattern = new URLPattern({ pathname: '/users/:id/posts/:post?', search: 'a=(\\\\d+)' });
  const found = pattern.exec('https://e.com/users/5/posts?a=12');
  return [found.inputs, found.pathname, found.search.groups, found.hostname, 'post' in found.pathname.groups, pattern.exec('https://e.com/users/5/posts?a=x'), pattern.hasRegExpGroups, new URLPattern({ pathname: '/:id' }).hasRegExpGroups];`,
[['https://e.com/users/5/posts?a=12'], { input: '/users/5/posts', groups: { id: '5' } }, { 0: '12' }, { input: 'e.com', groups: { 0: 'e.com' } }, true, null, true, false]));

test('URLPattern.test: strings, bases, objects, case', () => check(`
  const p = new URLPattern({ pathname: '/a/*' });
  const folded = new URLPattern('/FOO', 'https://e.com', { ignoreCase: true });
  return [p.test('https://e.com/a/b'), p.test('/a/b', 'https://e.com'), p.test('/a/b'), p.test({ pathname: '/a/' }), p.test({ pathname: 'x', baseURL: 'https://e.com/a/b' }), p.test('https://e.com/b'), p.test('no url'),
    folded.test('https://e.com/foo'), new URLPattern({ hostname: '{*.}?example.com' }).test('https://example.com/'), new URLPattern({ pathname: '/é' }).pathname];`,
[true, true, false, true, true, false, false, true, true, '/%C3%A9']));

test('URLPattern\'s messages name the mistake', () => check(`
  const failures = [];
  for (const args of [['/relative'], ['https://e.com/(a(b))'], ['https://e.com/:id/:id'], ['https://e.com/{a'], [{ pathname: '/(é)' }], [{ pathname: '/:' }], [{ port: 'x' }], [{ protocol: 'a b' }], [{ baseURL: 'none' }], [{}, 'https://e.com'], [{ pathname: '/([)' }], [{ hostname: 'a b' }]]) {
    try { new URLPattern(...args); failures.push('none'); } catch (e) { failures.push(e instanceof TypeError && e.message.startsWith('URLPattern: ')); }
  }
  return failures;`, Array.from({ length: 12 }, () => true)));

test('members of URLPattern check their object', () => check(`
  const names = [];
  for (const f of [() => URLPattern.prototype.pathname, () => URLPattern.prototype.test('x'), () => URLPattern('x'), () => structuredClone(new URLPattern())]) { try { f(); names.push('none'); } catch (e) { names.push(e.name); } }
  return names;`, ['TypeError', 'TypeError', 'TypeError', 'DataCloneError']));
