import assert from 'node:assert/strict';
import test from 'node:test';
import { diffLines } from '../../src/testing/diff.ts';
import { expect } from '../../src/testing/expect.ts';
import { format } from '../../src/testing/format.ts';
import { fn, restoreAll, spyOn } from '../../src/testing/mock.ts';

const circular: Record<string, unknown> = { a: 1 };
circular.self = circular;

const passing: [string, () => void][] = [
  ['toBe compares identity', () => { expect(NaN).toBe(NaN); expect({}).not.toBe({}); expect(0).not.toBe(-0); }],
  ['toEqual compares content', () => {
    expect({ a: [1, { b: new Date(0) }], c: undefined }).toEqual({ a: [1, { b: new Date(0) }] });
    expect(new Map([[{ k: 1 }, new Set([1, 2])]])).toEqual(new Map([[{ k: 1 }, new Set([2, 1])]]));
    expect(new Uint8Array([1, 2])).toEqual(new Uint8Array([1, 2]));
    expect(new Headers({ a: '1' })).toEqual(new Headers({ A: '1' }));
    expect(new Error('x')).toEqual(new Error('x'));
    expect([1, 2]).not.toEqual([1]);
    expect({ a: 1 }).not.toEqual({ a: 1, b: 2 });
    expect([]).not.toEqual({});
    expect(new Date(0)).not.toEqual(new Date(1));
    expect(/a/).not.toEqual(/a/i);
    expect(new Uint8Array([1])).not.toEqual(new Uint8Array([2]));
    const other: Record<string, unknown> = { a: 1 };
    other.self = other;
    expect(circular).toEqual(other);
  }],
  ['toStrictEqual compares prototypes and undefined', () => { expect({ a: undefined }).not.toStrictEqual({}); expect(new (class A { a = 1; })()).not.toStrictEqual({ a: 1 }); expect({ a: 1 }).toStrictEqual({ a: 1 }); }],
  ['toMatchObject asks for a part', () => { expect({ a: { b: 1, c: 2 }, d: [{ e: 1, f: 2 }] }).toMatchObject({ a: { b: 1 }, d: [{ e: 1 }] }); expect({ a: 1 }).not.toMatchObject({ b: undefined }); }],
  ['stand-ins are equal to many', () => {
    expect({ id: 7, name: 'Ada', tags: ['a', 'b'] }).toEqual({ id: expect.any(Number), name: expect.stringMatching(/^A/), tags: expect.arrayContaining(['b']) });
    expect('x').not.toEqual(expect.any(Number));
    expect({ a: null }).not.toEqual({ a: expect.anything() });
    expect({ a: { b: 1, c: 2 } }).toEqual({ a: expect.objectContaining({ c: 2 }) });
    expect('abc').toEqual(expect.stringContaining('b'));
  }],
  ['numbers', () => { expect(2).toBeGreaterThan(1); expect(2n).toBeGreaterThanOrEqual(2); expect(1).toBeLessThan(2); expect(2).toBeLessThanOrEqual(2); expect(0.1 + 0.2).toBeCloseTo(0.3); expect(1).not.toBeCloseTo(1.01); expect('3').not.toBeGreaterThan(1); }],
  ['kinds', () => { expect(undefined).toBeUndefined(); expect(1).toBeDefined(); expect(null).toBeNull(); expect(NaN).toBeNaN(); expect('').toBeFalsy(); expect([]).toBeTruthy(); expect([]).toBeInstanceOf(Array); expect('').toBeTypeOf('string'); }],
  ['parts', () => { expect([1, 2]).toContain(2); expect('abc').toContain('b'); expect([{ a: 1 }]).toContainEqual({ a: 1 }); expect([1]).toHaveLength(1); expect({ a: { b: 1 } }).toHaveProperty('a.b', 1); expect({}).not.toHaveProperty('a'); expect('abc').toMatch(/B/i); }],
  ['toThrow', () => {
    const body = (): never => { throw new RangeError('too far'); };
    expect(body).toThrow();
    expect(body).toThrow('far');
    expect(body).toThrow(/^too/);
    expect(body).toThrow(RangeError);
    expect(body).not.toThrow(TypeError);
    expect(() => 1).not.toThrow();
  }],
  ['mocks', () => {
    const mock = fn((a: number) => a * 2).mockReturnValueOnce(5);
    assert.deepEqual([mock(1), mock(2)], [5, 4]);
    expect(mock).toHaveBeenCalledTimes(2);
    expect(mock).toHaveBeenCalledWith(1);
    expect(mock).toHaveBeenLastCalledWith(2);
    expect(mock).not.toHaveBeenCalledWith(3);
    expect(fn()).not.toHaveBeenCalled();
  }],
];
for (const [name, body] of passing) test(name, body);

const failing: [() => void, string][] = [
  [() => { expect(1).toBe(2); }, 'Expected 1 to be 2.'],
  [() => { expect({}).toBe({}); }, 'Expected {} to be {} (it is equal, and another object: use toEqual).'],
  [() => { expect(1).not.toBe(1); }, 'Expected 1 not to be 1.'],
  [() => { expect([1]).toHaveLength(2); }, 'Expected [1], whose length is 1, to have the length 2.'],
  [() => { expect(() => 1).toThrow('x'); }, "Expected a call that threw nothing to throw an error with 'x'."],
  [() => { expect(fn()).toHaveBeenCalled(); }, 'Expected a function that was never called to have been called.'],
  [() => { expect('a\nb').toBe('a\nc'); }, "Expected 'a\\nb' to be 'a\\nc'.\n\n- expected\n+ actual\n\n  a\n- c\n+ b"],
  [() => { expect({ a: 1 }).toEqual({ a: 2 }); }, 'Expected { a: 1 } to equal { a: 2 }.\n\n- expected\n+ actual\n\n  {\n-   a: 2,\n+   a: 1,\n  }'],
];
for (const [body, message] of failing) test(message.split('\n')[0]!, () => { assert.throws(body, { name: 'AssertionError', message }); });

test('resolves and rejects wait', async () => {
  await expect(Promise.resolve(1)).resolves.toBe(1);
  await expect(Promise.reject(new TypeError('no'))).rejects.toThrow(TypeError);
  await expect(Promise.reject(new TypeError('no'))).rejects.not.toThrow(RangeError);
  await assert.rejects(expect(Promise.resolve(1)).rejects.toThrow(), { message: 'Expected a promise that is rejected.\nIt resolved to 1.' });
  await assert.rejects(expect(Promise.reject(new Error('no'))).resolves.toBe(1), { message: 'Expected a promise that resolves.\nIt was rejected with [Error: no].' });
});

test('spyOn calls the original until it is restored', () => {
  const object = { add: (a: number, b: number) => a + b };
  const original = object.add;
  const spy = spyOn(object, 'add');
  assert.equal(object.add(1, 2), 3);
  expect(spy).toHaveBeenCalledWith(1, 2);
  restoreAll();
  assert.equal(object.add, original);
});

test('format shows every kind of value', () => {
  assert.equal(
    format({ a: -0, 'b c': 1n, [Symbol('s')]: "it's", f() {}, n: null, u: undefined, c: class X {} }),
    "{\n  a: -0,\n  'b c': 1n,\n  f: [Function f],\n  n: null,\n  u: undefined,\n  c: [class X],\n  [Symbol(s)]: \"it's\",\n}",
  );
  assert.equal(format(circular), '{ a: 1, self: [Circular] }');
  assert.equal(format(Object.assign([1], { 2: 3 })), '[1, <empty>, 3]');
  assert.equal(format(new (class Point { x = 1; })()), 'Point { x: 1 }');
  assert.equal(format(Object.create(null)), '[Object: null prototype] {}');
  assert.equal(format({ get a() { throw new Error('called'); } }), '{ a: [Getter] }');
  assert.equal(format(new Date(NaN)), 'Invalid Date');
  assert.equal(format(new URL('http://a/')), 'URL http://a/');
});

test('a diff leaves out what is far from differences', () => {
  const lines = Array.from({ length: 12 }, (_, i) => `line ${i}`);
  assert.equal(diffLines(lines.join('\n'), lines.with(10, 'other').join('\n')), '  …\n  line 7\n  line 8\n  line 9\n- line 10\n+ other\n  line 11');
});
