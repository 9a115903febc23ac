import assert from 'node:assert/strict';
import test from 'node:test';
import { EventStreamParser, type StreamEvent } from '../src/web/event-source/parser.ts';

function parse(text: string, size = text.length, id = ''): { events: StreamEvent[]; retries: number[] } {
  const events: StreamEvent[] = [];
  const retries: number[] = [];
  const parser = new EventStreamParser(id, (event) => { if (event.type !== '') events.push(event); }, (retry) => { retries.push(retry); });
  for (let at = 0; at < text.length; at += size) parser.write(text.slice(at, at + size));
  return { events, retries };
}

const stream = [
  ': a comment', 'retry: 10', 'retry: 1x', 'data: one', 'data:two', 'data', '', 'event: named', 'id: 7', 'data:  spaced', '', 'id: 8', '', 'event: unused', '', 'data: last', 'id: a\0b', 'unknown: x', '', 'data: cut off',
];

for (const end of ['\n', '\r', '\r\n']) {
  for (const size of [1, 2, 5, 1000]) {
    test(`events are parsed in pieces of ${size}, lines ended by ${JSON.stringify(end)}`, () => {
      assert.deepEqual(parse(stream.join(end), size), {
        events: [
          { type: 'message', data: 'one\ntwo\n', lastEventId: '' },
          { type: 'named', data: ' spaced', lastEventId: '7' },
          { type: 'message', data: 'last', lastEventId: '8' },
        ],
        retries: [10],
      });
    });
  }
}

test('the id of an earlier connection stays until another comes', () => {
  assert.deepEqual(parse('data: a\n\nid\ndata: b\n\n', 3, 'old').events.map(({ lastEventId }) => lastEventId), ['old', '']);
});
