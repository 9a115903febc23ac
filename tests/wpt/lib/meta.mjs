// The "// META:" lines at the head of a test.
export function metaOf(source) {
  const meta = { scripts: [], variants: [], globals: undefined, long: false };
  for (const line of source.split('\n')) {
    const [, key, value] = /^\/\/\s*META:\s*(\w+)=(.*?)\s*$/.exec(line) ?? [];
    if (key === 'script') meta.scripts.push(value);
    else if (key === 'variant') meta.variants.push(value);
    else if (key === 'global') meta.globals = value.split(',').map((global) => global.trim());
    else if (key === 'timeout') meta.long = value === 'long';
    else if (key === undefined && line.trim() !== '' && !/^\s*(\/\/|["']use strict)/.test(line)) break;
  }
  return meta;
}
