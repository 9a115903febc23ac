// Everything that is not plain UTF-8: labels, legacy encodings and decoding in pieces. It is much, and lazy (lazy.mjs). No TypeScript: the package's types would bring in all of Node's.
export { normalizeEncoding, TextDecoder as LegacyDecoder } from '@exodus/bytes/encoding.js';
