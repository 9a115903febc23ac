import assert from 'node:assert/strict';
import test from 'node:test';
import { Runtime } from './runtime.ts';

async function check(body: string, expected: unknown): Promise<void> { assert.deepEqual(await new Runtime().run(body), expected); }

test('marks and measures: times, details, order', () => check(`
  const detail = { a: [1] };
  const late = performance.mark('late', { startTime: 30, detail }), early = performance.mark('early', { startTime: 10 });
  detail.a.push(2);
  const measure = performance.measure('m', 'early', 'late');
  const by = (options) => { const { startTime, duration } = performance.measure('x', options); return [startTime, duration]; };
  return [late.detail, early.detail, measure.toJSON(), by({ start: 5, duration: 2 }), by({ end: 'late', duration: 20 }), by({ start: 'early', end: 12 }), performance.measure('y', undefined, 'early').duration,
    performance.getEntriesByType('mark').map((e) => e.name), performance.getEntriesByName('m').length, performance.getEntriesByName('m', 'mark').length, performance.getEntries().length, measure instanceof PerformanceMeasure,
    new PerformanceMark('alone').startTime, performance.getEntriesByName('alone').length];`,
[{ a: [1] }, null, { name: 'm', entryType: 'measure', startTime: 10, duration: 20 }, [5, 2], [10, 20], [10, 2], 10, ['early', 'late'], 1, 0, 7, true, 0, 0]));

test('marks and measures that cannot be', () => check(`
  performance.mark('m');
  const failures = [];
  for (const f of [() => performance.mark(), () => performance.mark('a', 1), () => performance.mark('a', { startTime: -1 }), () => performance.mark('a', { startTime: NaN }), () => performance.mark('a', { detail: () => {} }),
    () => performance.measure('x', 'unknown'), () => performance.measure('x', { duration: 1 }), () => performance.measure('x', { start: 0, end: 1, duration: 1 }), () => performance.measure('x', { start: 0 }, 'm'),
    () => performance.mark.call({}, 'a'), () => new PerformanceEntry(), () => new PerformanceMeasure(), () => new PerformanceObserverEntryList(), () => new PerformanceObserver()]) {
    try { f(); failures.push('none'); } catch (e) { failures.push(e.name); }
  }
  return [failures.join(' '), performance.getEntries().length];`,
['TypeError TypeError TypeError TypeError DataCloneError SyntaxError TypeError TypeError TypeError TypeError TypeError TypeError TypeError TypeError', 1]));

test('clearing marks and measures, by name and all', () => check(`
  for (const name of ['a', 'b', 'a']) { performance.mark(name); performance.measure(name); }
  const counts = () => [performance.getEntriesByType('mark').length, performance.getEntriesByType('measure').length];
  const seen = [counts()];
  performance.clearMarks('a'); seen.push(counts());
  performance.clearMeasures('b'); seen.push(counts());
  performance.clearMarks(); performance.clearMeasures(); seen.push(counts());
  return seen;`, [[3, 3], [1, 3], [1, 2], [0, 0]]));

test('PerformanceObserver: a task with all entries of its types, buffered ones too', () => check(`
  performance.mark('before');
  const seen = [];
  const observer = new PerformanceObserver(function (list, self, options) { seen.push(list.getEntries().map((e) => e.name), this === self, self === observer, options.droppedEntriesCount); });
  observer.observe({ type: 'mark', buffered: true });
  performance.mark('a'); performance.measure('m'); performance.mark('b');
  const synchronous = seen.length;
  await new Promise((r) => setTimeout(r)); await new Promise((r) => setTimeout(r));
  performance.mark('c');
  const taken = observer.takeRecords().map((e) => e.name);
  observer.disconnect();
  performance.mark('d');
  await new Promise((r) => setTimeout(r)); await new Promise((r) => setTimeout(r));
  return [synchronous, seen, taken, PerformanceObserver.supportedEntryTypes, Object.isFrozen(PerformanceObserver.supportedEntryTypes)];`,
[0, [['before', 'a', 'b'], true, true, 0], ['c'], ['mark', 'measure'], true]));

test('PerformanceObserver.observe checks what it is given', () => check(`
  const failures = [];
  const attempt = (...all) => { const o = new PerformanceObserver(() => {}); try { for (const options of all) o.observe(options); failures.push('none'); } catch (e) { failures.push(e.name); } };
  attempt({}); attempt({ type: 'mark', entryTypes: ['mark'] }); attempt({ entryTypes: 'mark' }); attempt({ entryTypes: ['mark'] }, { type: 'mark' }); attempt({ type: 'unknown' }); attempt({ entryTypes: [] });
  return failures;`, ['TypeError', 'TypeError', 'TypeError', 'InvalidModificationError', 'none', 'none']));

test('a context that marks without end keeps a bounded number', () => check(`
  let told;
  for (let i = 0; i < 10_005; i++) performance.mark('m' + i);
  new PerformanceObserver((list, self, options) => { told = options.droppedEntriesCount; }).observe({ type: 'mark', buffered: true });
  await new Promise((r) => setTimeout(r)); await new Promise((r) => setTimeout(r));
  return [performance.getEntries().length, told];`, [10_000, 5]));
