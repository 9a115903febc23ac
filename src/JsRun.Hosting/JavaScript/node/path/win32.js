import { win32 } from '../path.js';

export const { resolve, normalize, isAbsolute, join, relative, dirname, basename, extname, format, parse, sep, delimiter, toNamespacedPath, matchesGlob, posix } = win32;
export { win32 };
export default win32;
