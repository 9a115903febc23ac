// Decoding other than plain UTF-8: labels, legacy encodings and decoding in pieces. It is large, and therefore lazy (lazy.mjs). Not TypeScript, because the package's types would bring in those of Node.js.
export { normalizeEncoding, TextDecoder as LegacyDecoder } from '@exodus/bytes/encoding.js';
