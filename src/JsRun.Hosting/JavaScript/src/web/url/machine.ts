// The URL parser: whatwg-url's state machine, after a faster check for URLs that are canonical already.
import machine from 'whatwg-url/lib/url-state-machine.js';
import { parseCanonical, type UrlRecord } from './canonical.ts';

export const { serializeURL, serializeURLOrigin, serializeHost, serializePath, hasAnOpaquePath, cannotHaveAUsernamePasswordPort, setTheUsername, setThePassword } = machine;

export function parseUrl(input: string, base: UrlRecord | null = null): UrlRecord | null {
  return parseCanonical(input) ?? machine.basicURLParse(input, { baseURL: base });
}

/** Parses one component into a record, as the setters do. Returns whether that succeeded. */
export function parseInto(record: UrlRecord, input: string, stateOverride: string): boolean {
  return machine.basicURLParse(input, { url: record, stateOverride }) !== null;
}
