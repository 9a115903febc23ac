// HTML: structuredClone, and the same with transferred objects for message ports.
import { dictionary, requireArguments, sequence } from '../webidl/interface.ts';
import { DOMException } from '../webidl/dom-exception.ts';
import { type Node, TransferNode, valueOf } from './node.ts';
import { Serializer } from './serialize.ts';
import './streams.ts';
import { fail, transferables } from './transferable.ts';

export function structuredClone(value: unknown, options: { transfer?: Iterable<object> } | undefined = undefined): unknown {
  requireArguments(arguments.length, 1, 'structuredClone');
  const { transfer } = dictionary(options, 'structuredClone: options');
  return cloneWithTransfer(value, transfer === undefined ? [] : sequence(transfer, 'structuredClone: transfer')).value;
}

export function cloneWithTransfer(value: unknown, transfer: unknown[]): { value: unknown; transferred: object[] } {
  const memory = new Map<object, Node>();
  const moves = transfer.map((item) => {
    const kind = typeof item === 'object' && item !== null ? transferables.find((known) => known.is(item)) : undefined;
    if (kind === undefined) fail('A value that is not transferable');
    if (memory.has(item as object)) throw new DOMException('An object is transferred twice', 'DataCloneError');
    kind.check(item as object);
    const node = new TransferNode();
    memory.set(item as object, node);
    return { kind, item: item as object, node };
  });
  const clone = new Serializer(memory).serialize(value);
  for (const { kind, item, node } of moves) node.moved = kind.move(item);
  return { value: valueOf(clone), transferred: moves.map(({ node }) => node.moved!) };
}
