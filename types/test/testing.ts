// Compiled, never run: test files as authors write them.
import { afterEach, beforeEach, context, describe, expect, fakeFetch, fakeTime, fn, it, spyOn, test } from 'jsrun:test';
import { typed } from './usage.ts';

beforeEach(() => {});
afterEach(async () => { await Promise.resolve(); });

describe('a function', () => {
  test('answers', async () => {
    const net = fakeFetch();
    net.when('GET', /example/).respondJson({ price: 1 }).respond('x', { status: 500 }).fail();
    const time = fakeTime('2030-01-01');
    const ctx = context({ params: { id: '7' } });
    const response = await typed.fetch(new Request('http://localhost/'), { TOKEN: 't' }, ctx);
    await time.advance(1000);
    await ctx.settled();
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ id: expect.any(String), tags: expect.arrayContaining(['a']) });
    await expect(response.text()).rejects.toThrow(TypeError);
    expect(net.requests[0]?.headers).not.toHaveProperty('authorization', 'secret');
  }, { timeout: 1000 });
  it.each([[1, 'a'], [2, 'b']])('%d is %s', (number, letter) => { expect(`${number}${letter}`).toHaveLength(2); });
  it.todo('more');
});

test('mocks', () => {
  const mock = fn((a: number, b: string) => a + b).mockReturnValueOnce('x');
  const text: string = mock(1, 'a');
  expect(mock.mock.calls[0]?.[0]).toBe(1);
  const spy = spyOn(console, 'log');
  console.log(text);
  expect(spy).toHaveBeenCalledWith('x');
});
