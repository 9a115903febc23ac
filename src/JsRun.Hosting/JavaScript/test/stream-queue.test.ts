import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Queue } from '../src/web/streams/queue.ts';

test('a queue gives out in order, whatever its length was', () => {
  const queue = new Queue<number>();
  let given = 0;
  let taken = 0;
  // It grows with its start somewhere in the middle of the ring, and gets empty after it was long.
  for (const target of [3, 1, 4, 2, 9, 5, 64, 0, 3000, 0, 7]) {
    while (queue.length < target) queue.push(given++);
    while (queue.length > target) assert.equal(queue.shift(), taken++);
    if (target > 0) assert.equal(queue.peek(), taken);
    const all: number[] = [];
    queue.forEach((element) => { all.push(element); });
    assert.deepEqual(all, Array.from({ length: target }, (_, i) => taken + i));
  }
});

test('a queue keeps nothing that was taken', () => {
  const queue = new Queue<unknown>();
  queue.push(undefined);
  queue.push(null);
  assert.equal(queue.shift(), undefined);
  assert.equal(queue.shift(), null);
  assert.equal(queue.length, 0);
  assert.equal(queue.peek(), undefined);
});
