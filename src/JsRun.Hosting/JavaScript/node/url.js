import legacy from 'url/';
import { Buffer } from './buffer.js';
import { invalidArgument, typeError } from './lib/errors.js';

export const { URL, URLSearchParams, URLPattern } = globalThis;
export const { parse, resolve, resolveObject, Url } = legacy;

export function format(value, options) {
  if (!(value instanceof URL)) return legacy.format(value);
  const { auth = true, fragment = true, search = true, unicode = false } = options ?? {};
  const url = new URL(value.href);
  if (!auth) url.username = url.password = '';
  if (!fragment) url.hash = '';
  if (!search) url.search = '';
  return unicode ? url.href.replace(url.hostname, domainToUnicode(url.hostname)) : url.href;
}

export function fileURLToPath(value) {
  const url = typeof value === 'string' ? new URL(value) : value;
  if (!(url instanceof URL)) throw invalidArgument('path', 'of type string or an instance of URL', value);
  if (url.protocol !== 'file:') throw typeError('ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  if (url.hostname !== '') throw typeError('ERR_INVALID_FILE_URL_HOST', 'File URL host must be "localhost" or empty on linux');
  if (/%2f/i.test(url.pathname)) throw typeError('ERR_INVALID_FILE_URL_PATH', 'File URL path must not include encoded / characters');
  return decodeURIComponent(url.pathname);
}

export const fileURLToPathBuffer = (value) => Buffer.from(fileURLToPath(value));

export function pathToFileURL(path) {
  if (typeof path !== 'string') throw invalidArgument('path', 'of type string', path);
  const url = new URL('file:///');
  url.pathname = (path.startsWith('/') ? path : `/${path}`).replaceAll('%', '%25').replaceAll('\\', '%5C').replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('\t', '%09').replaceAll('?', '%3F').replaceAll('#', '%23');
  return url;
}

export function domainToASCII(domain) {
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return '';
  }
}

export function domainToUnicode(domain) { return legacyToUnicode(domainToASCII(domain)); }

export function urlToHttpOptions(url) {
  const { hostname, pathname, search, protocol, hash, href, port, username, password } = url;
  const options = {
    __proto__: null, ...url, protocol, hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname, hash, search, pathname, path: `${pathname || ''}${search || ''}`, href,
  };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

import punycode from 'punycode/';

const legacyToUnicode = (domain) => punycode.toUnicode(domain);

export default { URL, URLSearchParams, URLPattern, Url, parse, resolve, resolveObject, format, fileURLToPath, fileURLToPathBuffer, pathToFileURL, domainToASCII, domainToUnicode, urlToHttpOptions };
