import assert from 'node:assert/strict';
import test from 'node:test';
import { fakeFetch, verifyFetch } from '../../src/testing/fake-fetch.ts';
import { fakeTime } from '../../src/testing/fake-time.ts';
import { run, type Report } from '../../src/testing/run.ts';
import * as suite from '../../src/testing/suite.ts';

test('tests run in their order, with the hooks of their groups', async () => {
  const events: string[] = [];
  const log = (event: string) => () => { events.push(event); };
  suite.beforeAll(log('all'));
  suite.beforeEach(log('each'));
  suite.afterEach(log('after'));
  suite.test('first', log('first'));
  suite.describe('group', () => {
    suite.beforeEach(log('inner each'));
    suite.afterEach(log('inner after'));
    suite.test.each([[1, 2], [3, 4]])('%d and %d', (a, b) => { events.push(`${String(a)}${String(b)}`); });
    suite.test.skip('left out', log('never'));
  });
  suite.describe('broken', () => {
    suite.beforeAll(() => { throw new Error('no database'); });
    suite.test('fails', log('never'));
  });
  suite.test('throws', () => { throw new TypeError('no'); });
  suite.test('hangs', () => new Promise(() => {}), 1);
  suite.test.todo('some day');
  suite.afterAll(log('end'));
  const reports: Report[] = [];

  await run({ timeout: 1000, filter: null }, (report) => { reports.push(report); });

  assert.deepEqual(events, ['all', 'each', 'first', 'after', 'each', 'inner each', '12', 'inner after', 'after', 'each', 'inner each', '34', 'inner after', 'after', 'each', 'after', 'each', 'after', 'end']);
  assert.deepEqual(reports.filter((report) => report.kind === 'end').map(({ name, outcome }) => `${name}: ${outcome}`), [
    'first: passed', 'group > 1 and 2: passed', 'group > 3 and 4: passed', 'group > left out: skipped', 'broken > fails: failed', 'throws: failed', 'hangs: failed', 'some day: todo',
  ]);
  const errors = reports.flatMap((report) => report.kind === 'end' && report.error !== null ? [report.error.split('\n').slice(0, 2).join('|').replace(/\|\s+at .*/, '')] : []);
  assert.deepEqual(errors, ['beforeAll of broken failed.|Error: no database', 'TypeError: no', 'Error: It took longer than 1 ms. Is there a promise that nobody resolves? A test may take longer with test(name, body, { timeout }).']);
  assert.throws(() => { suite.test('late', () => {}); }, /while the tests run/);
});

test('fake time runs timers in the order in which they are due', async () => {
  const time = fakeTime('2030-01-01T00:00:00Z');
  try {
    const events: string[] = [];
    setTimeout(() => { events.push(`b ${new Date().toISOString()} ${performance.now()}`); }, 2000);
    setTimeout(() => { events.push('a'); setTimeout(() => { events.push('a2'); }, 500); }, 1000);
    const interval = setInterval(() => { events.push('i'); if (events.length > 5) clearInterval(interval); }, 900);
    clearTimeout(setTimeout(() => { events.push('never'); }, 1));
    assert.equal(new Date(5).getTime(), 5);
    assert.equal(typeof Date(), 'string');
    assert.ok(new Date() instanceof Date);

    await time.advance(2000);

    assert.deepEqual(events, ['i', 'a', 'a2', 'i', 'b 2030-01-01T00:00:02.000Z 2000']);
    await time.runAll();
    assert.equal(events.length, 6);
    setInterval(() => {}, 1);
    await assert.rejects(time.runAll(), /1000 timers have run/);
  } finally {
    time.restore();
  }
  assert.ok(Date.now() < Date.parse('2029-12-31') || performance.now() > 0);
});

test('fake fetch answers by rules, and says what was unexpected', async () => {
  const original = globalThis.fetch;
  const net = fakeFetch();
  try {
    net.when('GET', 'https://a.example').respond('one').respond('two', { status: 201 });
    net.when('post', /\/b$/g).reply(async (request) => new Response(await (request as Request).text()));
    net.when('GET', 'https://a.example/down').fail();
    assert.equal(await (await fetch('https://a.example/')).text(), 'one');
    assert.equal((await fetch('https://a.example/')).status, 201);
    assert.equal((await fetch(new Request('https://a.example/'))).status, 201);
    assert.equal(await (await fetch('https://a.example/b', { method: 'POST', body: 'sent' })).text(), 'sent');
    assert.equal(await (await fetch('https://c.example/b', { method: 'POST', body: 'again' })).text(), 'again');
    assert.throws(verifyFetch, { message: 'Nobody sent GET https://a.example/down.' });
    await assert.rejects(fetch('https://a.example/down'), { name: 'TypeError', message: 'fetch failed: the network is down' });
    verifyFetch();
    net.when('GET', 'https://a.example').respond('later');
    assert.equal(await (await fetch('https://a.example/')).text(), 'later');
    assert.deepEqual(net.requests[3], { method: 'POST', url: 'https://a.example/b', headers: { 'content-type': 'text/plain;charset=UTF-8' }, body: 'sent' });
    await assert.rejects(fetch('https://a.example/other'), /the test has no answer for GET https:\/\/a\.example\/other/);
    assert.throws(verifyFetch, /A request was sent that the test does not expect\.[\s\S]*\+ GET https:\/\/a\.example\/other/);
  } finally {
    net.restore();
  }
  assert.equal(globalThis.fetch, original);
});
