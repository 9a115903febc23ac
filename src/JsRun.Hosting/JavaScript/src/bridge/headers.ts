// Headers cross flat, "name\nvalue\n" for each; they become a header list when somebody looks at them.
import { split, toLowerCase, uncurry } from '../kernel/intrinsics.ts';
import { HeadersList } from '../web/fetch/classes.ts';

type Entry = { name: string; value: string };
const get: (map: Map<string, Entry>, name: string) => Entry | undefined = uncurry(Map.prototype.get);
const set: (map: Map<string, Entry>, name: string, entry: Entry) => void = uncurry(Map.prototype.set);
const forEach: (map: Map<string, Entry>, visit: (entry: Entry, name: string) => void) => void = uncurry(Map.prototype.forEach);
const NativeMap = Map;

interface Lazy extends HeadersList { flat: string }

/** The members that make a list what it is, read once, from the text. */
const members: PropertyDescriptorMap & ThisType<Lazy> = {
  headersMap: { get() { return parse(this).headersMap; }, set(value) { parse(this).headersMap = value; } },
  cookies: { get() { return parse(this).cookies; }, set(value) { parse(this).cookies = value; } },
  sortedMap: { value: null, writable: true },
};
const lazyPrototype = Object.create(HeadersList.prototype, members) as Lazy;
const { create, defineProperties } = Object;

export function lazyHeaders(flat: string): HeadersList {
  const list = create(lazyPrototype) as Lazy;
  list.flat = flat;
  return list;
}

function parse(list: Lazy): HeadersList {
  const map = new NativeMap<string, Entry>();
  let cookies: string[] | null = null;
  const lines = split(list.flat, '\n');
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const name = toLowerCase(lines[i]!);
    const value = lines[i + 1]!;
    const known = get(map, name);
    set(map, name, { name, value: known === undefined ? value : `${known.value}${name === 'cookie' ? '; ' : ', '}${value}` });
    if (name === 'set-cookie') {
      cookies ??= [];
      cookies[cookies.length] = value;
    }
  }
  return defineProperties(list, {
    headersMap: { value: map, writable: true },
    cookies: { value: cookies, writable: true },
  });
}

/** A header list as it crosses; `skip` are lower-case names to leave out. */
export function flatHeaders(list: HeadersList, skip?: Record<string, true>): string {
  let flat = '';
  const { cookies } = list;
  forEach(list.headersMap, (entry, name) => {
    if (skip?.[name]) return;
    if (name === 'set-cookie' && cookies !== null) {
      for (let i = 0; i < cookies.length; i++) flat += `set-cookie\n${cookies[i]}\n`;
    } else {
      flat += `${name}\n${entry.value}\n`;
    }
  });
  return flat;
}
