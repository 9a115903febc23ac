import posix from 'path-browserify';
import { notImplementedError } from './lib/not-implemented.js';

export const { resolve, normalize, isAbsolute, join, relative, dirname, basename, extname, format, parse, sep, delimiter } = posix;
export const toNamespacedPath = (path) => path;
export const matchesGlob = () => { throw notImplementedError('path.matchesGlob'); };
Object.assign(posix, { toNamespacedPath, _makeLong: toNamespacedPath, matchesGlob });

/** Paths of Windows by what both have in common: separators in both directions, and drives. */
const toPosix = (path) => typeof path === 'string' ? path.replaceAll('\\', '/') : path;
const toWindows = (path) => path.replaceAll('/', '\\');
const win32 = {
  sep: '\\',
  delimiter: ';',
  resolve: (...paths) => toWindows(posix.resolve(...paths.map(toPosix))),
  normalize: (path) => toWindows(posix.normalize(toPosix(path))),
  isAbsolute: (path) => /^(?:[a-zA-Z]:)?[\\/]/.test(path),
  join: (...paths) => toWindows(posix.join(...paths.map(toPosix))),
  relative: (from, to) => toWindows(posix.relative(toPosix(from), toPosix(to))),
  dirname: (path) => toWindows(posix.dirname(toPosix(path))),
  basename: (path, suffix) => posix.basename(toPosix(path), suffix),
  extname: (path) => posix.extname(toPosix(path)),
  format: (parts) => toWindows(posix.format(parts)),
  parse: (path) => {
    const parts = posix.parse(toPosix(path));
    return { ...parts, root: toWindows(parts.root), dir: toWindows(parts.dir) };
  },
  toNamespacedPath,
  matchesGlob,
};
posix.win32 = win32;
win32.win32 = win32;
win32.posix = posix;

export { posix, win32 };
export default posix;
