import { Buffer } from './buffer.js';

export function escape(text) {
  const value = typeof text === 'string' ? text : typeof text === 'object' ? String(text) : `${text}`;
  return encodeURIComponent(value);
}

export function unescapeBuffer(text) { return Buffer.from(text.replace(/%([0-9a-fA-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1'); }

export function unescape(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return unescapeBuffer(text).toString();
  }
}

const primitive = (value) => typeof value === 'string' ? value : typeof value === 'number' && Number.isFinite(value) || typeof value === 'bigint' || typeof value === 'boolean' ? `${value}` : '';

export function stringify(object, separator = '&', equals = '=', { encodeURIComponent: encode = querystring.escape } = {}) {
  if (object === null || typeof object !== 'object') return '';
  return Object.keys(object).flatMap((key) => [object[key]].flat().map((value) => `${encode(primitive(key))}${equals || '='}${encode(primitive(value))}`)).join(separator || '&');
}

export function parse(text, separator, equals, { maxKeys = 1000, decodeURIComponent: decode = querystring.unescape } = {}) {
  const result = { __proto__: null };
  if (typeof text !== 'string' || text.length === 0) return result;
  const safely = (part) => {
    const spaced = part.replaceAll('+', ' ');
    try {
      return decode(spaced);
    } catch {
      return unescape(spaced);
    }
  };
  const parts = text.split(separator || '&');
  for (const part of maxKeys > 0 ? parts.slice(0, maxKeys) : parts) {
    if (part === '') continue;
    const at = part.indexOf(equals || '=');
    const key = safely(at < 0 ? part : part.slice(0, at));
    const value = at < 0 ? '' : safely(part.slice(at + (equals || '=').length));
    if (!(key in result)) result[key] = value;
    else if (Array.isArray(result[key])) result[key].push(value);
    else result[key] = [result[key], value];
  }
  return result;
}

export { parse as decode, stringify as encode };
const querystring = { escape, unescape, unescapeBuffer, stringify, parse, encode: stringify, decode: parse };
export default querystring;
